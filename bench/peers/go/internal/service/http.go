package service

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/google/uuid"

	"peers/internal/users"
)

var (
	// ErrInvalid is the error for a body of the wrong shape.
	ErrInvalid = errors.New("invalid body")
	// ErrMalformed is the error for a malformed id or query.
	ErrMalformed = errors.New("malformed")
)

// Handlers are the handlers of net/http and Chi, which differ in their routers only.
type Handlers struct {
	Store *users.Store
}

var validate = newValidator()

// newValidator reads the tag that Gin reads, too.
func newValidator() *validator.Validate {
	validate := validator.New(validator.WithRequiredStructEnabled())
	validate.SetTagName("binding")
	validate.RegisterTagNameFunc(JSONName)
	return validate
}

// JSONName returns the name of a field in JSON.
func JSONName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}

// Health responds that the service runs.
func (h Handlers) Health(w http.ResponseWriter, _ *http.Request) {
	write(w, http.StatusOK, Healthy)
}

// List responds with a page of users.
func (h Handlers) List(w http.ResponseWriter, r *http.Request) {
	page, perPage, err := PageOf(r.URL.Query())
	if err != nil {
		respond(w, 0, nil, ErrMalformed)
		return
	}
	list, err := h.Store.List(r.Context(), page, perPage)
	respond(w, http.StatusOK, list, err)
}

// Show responds with a user.
func (h Handlers) Show(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		respond(w, 0, nil, ErrMalformed)
		return
	}
	user, err := h.Store.Find(r.Context(), id)
	respond(w, http.StatusOK, user, err)
}

// Create stores a new user.
func (h Handlers) Create(w http.ResponseWriter, r *http.Request) {
	var body users.NewUser
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		respond(w, 0, nil, ErrInvalid)
		return
	}
	if err := validate.Struct(body); err != nil {
		respond(w, 0, nil, err)
		return
	}
	user, err := h.Store.Insert(r.Context(), body)
	w.Header().Set("Location", "/api/v1/users/"+user.ID.String())
	respond(w, http.StatusCreated, user, err)
}

// PageOf reads the page that a request asks for.
func PageOf(query url.Values) (page, perPage int, err error) {
	page, err = number(query.Get("page"), 1, 1_000_000)
	if err != nil {
		return 0, 0, err
	}
	perPage, err = number(query.Get("per_page"), 20, 100)
	return page, perPage, err
}

func number(text string, otherwise, most int) (int, error) {
	if text == "" {
		return otherwise, nil
	}
	value, err := strconv.Atoi(text)
	if err == nil && (value < 1 || value > most) {
		err = strconv.ErrRange
	}
	return value, err
}

// Problem is the body of an error.
type Problem struct {
	Status int          `json:"status"`
	Errors []FieldError `json:"errors,omitempty"`
}

// FieldError is a field and the rule that its value breaks.
type FieldError struct {
	Field string `json:"field"`
	Code  string `json:"code"`
}

// ProblemOf returns the problem that an error is for a client.
func ProblemOf(err error) Problem {
	var invalid validator.ValidationErrors
	switch {
	case errors.As(err, &invalid):
		problem := Problem{Status: http.StatusUnprocessableEntity}
		for _, each := range invalid {
			problem.Errors = append(problem.Errors, FieldError{each.Field(), each.Tag()})
		}
		return problem
	case errors.Is(err, ErrInvalid):
		return Problem{Status: http.StatusUnprocessableEntity}
	case errors.Is(err, ErrMalformed):
		return Problem{Status: http.StatusBadRequest}
	case errors.Is(err, users.ErrNotFound):
		return Problem{Status: http.StatusNotFound}
	}
	log.Print(err)
	return Problem{Status: http.StatusInternalServerError}
}

func respond(w http.ResponseWriter, status int, body any, err error) {
	if err != nil {
		problem := ProblemOf(err)
		write(w, problem.Status, problem)
		return
	}
	write(w, status, body)
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
