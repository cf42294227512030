// Attack: rejected|build_failed: constants that double until the compiler has no memory
package balance

const s0 = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
const s1 = s0 + s0 + s0 + s0
const s2 = s1 + s1 + s1 + s1
const s3 = s2 + s2 + s2 + s2
const s4 = s3 + s3 + s3 + s3
const s5 = s4 + s4 + s4 + s4
const s6 = s5 + s5 + s5 + s5
const s7 = s6 + s6 + s6 + s6
const s8 = s7 + s7 + s7 + s7
const s9 = s8 + s8 + s8 + s8
const s10 = s9 + s9 + s9 + s9
const s11 = s10 + s10 + s10 + s10
const s12 = s11 + s11 + s11 + s11
const s13 = s12 + s12 + s12 + s12
const s14 = s13 + s13 + s13 + s13
const s15 = s14 + s14 + s14 + s14
const s16 = s15 + s15 + s15 + s15
