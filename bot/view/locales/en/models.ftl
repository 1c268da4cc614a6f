### Models: why one gave no answer, and what to do before Resume.

failing-key = The key for { $detail } is missing or was refused. Whoever runs me can mend that (<code>triagram provider add</code>); then Resume reads the rest.
failing-quota = The account behind the model has used up what it paid for ({ $detail }). Top it up, then Resume reads the rest.
failing-limit = The model's provider lets no more calls through for now ({ $detail }). Resume in a few minutes reads the rest.
failing-too_long = A single message is too long for the model ({ $detail }). Leave it out with /ignore, or choose a model that reads more at once; then Resume.
failing-refused = The model would not read this ({ $detail }). Resume asks it again; closing keeps what is done.
failing-invalid = The model's answer could not be used, twice ({ $detail }). Resume asks it again; a larger model errs less.
failing-away = The model does not answer ({ $detail }). Resume reads the rest once it is back.
failing-timeout = The model took too long ({ $detail }). Resume asks it again; <code>llm.timeout_seconds</code> gives it more time.
failing-unknown_model = There is no such model ({ $detail }). Whoever runs me sets <code>llm.model</code>; then Resume reads the rest.
failing-not_installed = The client for this model is not installed ({ $detail }). Once it is, Resume reads the rest.
failing-rejected = The model's provider does not take the question ({ $detail }). Whoever runs me can look with <code>triagram provider test</code>; then Resume.
failing-config = The model may not be asked as things are set now ({ $detail }). Once that is mended, Resume reads the rest.

panel-beside = The analyst was also shown, as known already:
panel-beside-bare = Read without looking at what was known.
