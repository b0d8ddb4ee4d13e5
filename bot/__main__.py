"""python -m bot: the command line stands in program/."""

import sys

from program.command_line import main

sys.exit(main())
