"""The content security policy that every page carries."""

# All that a page may do: run the book's own scripts and the figures' modules, which are made into
# blobs, show its own pictures and styles, and ask no other host for anything. What a reader types
# or a link carries can then run nothing, even where a script forgets that it is text.
POLICY = "; ".join(
    (
        "default-src 'none'",
        # WebAssembly multiplies for lab.own_text; it reaches nothing but the numbers it is given.
        "script-src 'self' blob: 'wasm-unsafe-eval'",
        "worker-src blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
