/* N CPUs take a test-and-set lock step by step; the exchange and the test of what it returned are one transition. */
#ifndef N
#define N 2
#endif
bit word;
byte inside;
byte ended;

active [N] proctype cpu()
{
	d_step { word == 0 -> word = 1 }
	d_step { inside++; assert(inside == 1) }
	d_step { inside--; word = 0; ended++ }
end:	false
}
