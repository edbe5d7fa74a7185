/**
 * File trees read and written through descriptors, as members of an archive: {@link
 * io.jdocker.images.tree.TreeReader} makes them, {@link io.jdocker.images.tree.TreeWriter} takes
 * them. A link is followed only as the process whose root the tree is would follow it: none leads
 * out (CVE-2018-15664, CVE-2019-10152).
 */
package io.jdocker.images.tree;
