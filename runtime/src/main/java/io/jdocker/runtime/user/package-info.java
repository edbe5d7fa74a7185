/**
 * Users and groups of a container, read from its own /etc/passwd and /etc/group. Never with
 * getpwnam(3): it would load the image's name service modules with our rights (CVE-2019-14271).
 */
package io.jdocker.runtime.user;
