"""The small shop that `flagstaff serve --demo` fills a new installation with."""
