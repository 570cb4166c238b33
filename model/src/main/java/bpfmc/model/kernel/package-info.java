/**
 * Linux knowledge as tables: map types, program types, section names, context fields, helpers. Facts that change from one
 * kernel version to another will find their place here too; so far all are the newest kernel's (7.3).
 */
package bpfmc.model.kernel;
