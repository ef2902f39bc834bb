const form = document.querySelector("#order");
const message = document.querySelector("#message");
const table = document.querySelector("#orders");

async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}

function row(order) {
  const line = document.createElement("tr");
  for (const value of [order.id, order.item, order.quantity, order.status]) {
    line.append(Object.assign(document.createElement("td"), { textContent: value }));
  }
  return line;
}

async function refresh() {
  try {
    const { orders } = await call("/v1/orders");
    table.replaceChildren(...orders.map(row));
  } catch (error) {
    message.textContent = error.message;
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  const order = { item: fields.get("item"), quantity: Number(fields.get("quantity")) };
  try {
    const { id } = await call("/v1/orders", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(order),
    });
    message.textContent = `Order ${id} is placed.`;
    form.reset();
  } catch (error) {
    message.textContent = error.message;
  }
  await refresh();
});

await refresh();
setInterval(refresh, 5000);
