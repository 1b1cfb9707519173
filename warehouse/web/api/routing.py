from fastapi import APIRouter
def router():
    return APIRouter()
