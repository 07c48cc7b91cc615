"""Rasa's command line, started so that it loads sooner.

skops, with which Rasa stores the intent model, looks through every loaded module for each of some 900 types when it is
imported. Before TensorFlow is loaded that takes a moment; after it, several seconds of each training and start.
"""

import skops.io  # noqa: F401 - first, see above
from rasa.__main__ import main

if __name__ == "__main__":
    main()
