/** Amazon S3, as Adobe's S3Mock plays it. */
package dev.serverbackup.local.s3;
