"""${message}

A batch migration makes its table anew: triggers of `message` and `item_text` must be made again after it.
"""

import sqlalchemy as sa
from alembic import op

from storage import types
${imports if imports else ""}
revision = "${up_revision}"
down_revision = "${down_revision}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One form forward."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """One form back."""
    ${downgrades if downgrades else "pass"}
