// The service with Gin, in release mode.
package main

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
	"github.com/google/uuid"

	"peers/internal/service"
	"peers/internal/users"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	gin.EnableJsonDecoderDisallowUnknownFields()
	if validate, ok := binding.Validator.Engine().(*validator.Validate); ok {
		validate.RegisterTagNameFunc(service.JSONName)
	}
	service.Run(func(store *users.Store) http.Handler {
		handlers := handlers{store}
		engine := gin.New()
		engine.Use(gin.Recovery())
		engine.GET("/health", handlers.health)
		engine.GET("/api/v1/users", handlers.list)
		engine.POST("/api/v1/users", handlers.create)
		engine.GET("/api/v1/users/:id", handlers.show)
		return engine
	})
}

type handlers struct {
	store *users.Store
}

func (h handlers) health(c *gin.Context) {
	c.JSON(http.StatusOK, service.Healthy)
}

func (h handlers) list(c *gin.Context) {
	page, perPage, err := service.PageOf(c.Request.URL.Query())
	if err != nil {
		respond(c, 0, nil, service.ErrMalformed)
		return
	}
	list, err := h.store.List(c.Request.Context(), page, perPage)
	respond(c, http.StatusOK, list, err)
}

func (h handlers) show(c *gin.Context) {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		respond(c, 0, nil, service.ErrMalformed)
		return
	}
	user, err := h.store.Find(c.Request.Context(), id)
	respond(c, http.StatusOK, user, err)
}

func (h handlers) create(c *gin.Context) {
	var body users.NewUser
	if err := c.ShouldBindJSON(&body); err != nil {
		var invalid validator.ValidationErrors
		if !errors.As(err, &invalid) {
			err = service.ErrInvalid
		}
		respond(c, 0, nil, err)
		return
	}
	user, err := h.store.Insert(c.Request.Context(), body)
	c.Header("Location", "/api/v1/users/"+user.ID.String())
	respond(c, http.StatusCreated, user, err)
}

func respond(c *gin.Context, status int, body any, err error) {
	if err != nil {
		problem := service.ProblemOf(err)
		c.JSON(problem.Status, problem)
		return
	}
	c.JSON(status, body)
}
