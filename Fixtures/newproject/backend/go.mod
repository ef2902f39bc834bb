module example.com/newproject/backend

go 1.22
