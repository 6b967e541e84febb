// What the pages do beyond links and forms. No inline handlers: everything hangs on data attributes.
"use strict";
