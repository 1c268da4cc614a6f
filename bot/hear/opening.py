"""Where a review opens: in direct chat, or in the room where a project's reviewers decide."""

from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from bot.view.links import REVIEW, start_link
from core.domain.person import Project, ReviewPlace


def review_link(services: Services) -> str:
    """The address that opens a reviewer's direct chat at the session; "" while our name is unknown."""
    username = services.bot_username()
    return start_link(username, REVIEW) if username else ""


async def is_review_room(scene: Scene, project: Project, services: Services) -> bool:
    """Whether this group, or topic, is where the project's reviewers decide."""
    if scene.is_direct or project.place is ReviewPlace.DIRECT:
        return False
    async with services.transactions.reading() as tx:
        bindings = await tx.chats.bindings_of_chat(scene.chat_id)
    return any(one.is_review and one.project_id == project.id for one in bindings)
