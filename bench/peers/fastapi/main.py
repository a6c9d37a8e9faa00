"""The service: FastAPI on uvicorn, with asyncpg."""

import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import asyncpg
import uuid_utils.compat
from fastapi import FastAPI, HTTPException, Query, Request, Response, status
from pydantic import BaseModel, ConfigDict, EmailStr, Field, StringConstraints

COLUMNS = "id, name, email, created_at, updated_at"


class Health(BaseModel):
    """The body of /health."""

    status: str
    version: str


class User(BaseModel):
    """A user, as stored and as sent to clients."""

    id: UUID
    name: str
    email: str
    created_at: datetime
    updated_at: datetime


class NewUser(BaseModel):
    """The fields of a new user."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    email: Annotated[EmailStr, StringConstraints(to_lower=True), Field(max_length=254)]


class Page(BaseModel):
    """A page of users."""

    data: list[User]
    page: int
    per_page: int
    total: int


@asynccontextmanager
async def lifespan(app: FastAPI):
    """Opens this worker's share of the database connections."""
    connections = int(os.environ["DATABASE_MAX_CONNECTIONS"]) // int(os.environ["WEB_CONCURRENCY"])
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=max(1, connections)) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health() -> Health:
    return Health(status="ok", version="0.1.0")


@app.get("/api/v1/users")
async def list_users(
    request: Request,
    page: Annotated[int, Query(ge=1)] = 1,
    per_page: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Page:
    async with request.app.state.pool.acquire() as connection:
        rows = await connection.fetch(
            f"SELECT {COLUMNS} FROM users ORDER BY id DESC LIMIT $1 OFFSET $2",
            per_page,
            (page - 1) * per_page,
        )
        total = await connection.fetchval("SELECT COUNT(*) FROM users")
    return Page(data=[User(**row) for row in rows], page=page, per_page=per_page, total=total)


@app.get("/api/v1/users/{user_id}")
async def show_user(request: Request, user_id: UUID) -> User:
    row = await request.app.state.pool.fetchrow(f"SELECT {COLUMNS} FROM users WHERE id = $1", user_id)
    if row is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    return User(**row)


@app.post("/api/v1/users", status_code=status.HTTP_201_CREATED)
async def create_user(request: Request, response: Response, new: NewUser) -> User:
    now = datetime.now(UTC)
    user = User(id=uuid_utils.compat.uuid7(), name=new.name, email=new.email, created_at=now, updated_at=now)
    await request.app.state.pool.execute(
        f"INSERT INTO users ({COLUMNS}) VALUES ($1, $2, $3, $4, $5)",
        user.id,
        user.name,
        user.email,
        user.created_at,
        user.updated_at,
    )
    response.headers["Location"] = f"/api/v1/users/{user.id}"
    return user
