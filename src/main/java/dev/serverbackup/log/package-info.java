/** ONE OBJECT A LINE: slf4j's backend, and the form of a log line. Nobody calls it; it is found by being there. */
package dev.serverbackup.log;
