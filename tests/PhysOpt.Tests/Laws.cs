using CsCheck;

namespace PhysOpt.Tests;

/// <summary>
/// How often laws are sampled. CsCheck_Iter in the environment, 100 by default, is the number for laws that name none: 100000 runs every
/// law of this project over at least so many samples, but for the slow ones that are sampled less than 100 times anyway.
/// </summary>
internal static class Laws
{
    const int Usual = 100;

    /// <summary>The samples of a law that takes so many by default: more where more are asked for, in proportion where it is a slow one.
    /// </summary>
    internal static long Samples(long byDefault) =>
        byDefault < Usual ? long.Max(1, byDefault * Check.Iter / Usual) : long.Max(byDefault, Check.Iter);
}
