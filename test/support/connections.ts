import { Agent, setGlobalDispatcher } from 'undici'

// Each request has a connection of its own: a server closes one that it has waited on for seconds, which is what a busy machine makes
// of a moment, and the next request on it would fail for no fault of the site.
setGlobalDispatcher(new Agent({ pipelining: 0 }))
