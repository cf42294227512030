package results

import _ "embed"

// JSONSchema describes results.json for programs in other languages. It allows
// fields that it does not name, since later versions add some.
//
//go:embed results-v1.schema.json
var JSONSchema []byte
