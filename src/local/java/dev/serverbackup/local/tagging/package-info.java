/** The Resource Groups Tagging API, 2017-01-26, as far as it finds resources by their tags. */
package dev.serverbackup.local.tagging;
