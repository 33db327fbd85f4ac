namespace PhysOpt.LinearAlgebra;

/// <summary>The spacing of double-precision numbers.</summary>
internal static class Precision
{
    /// <summary>The distance from 1 to the next larger number, 2^-52.</summary>
    internal const double MachineEpsilon = 2.2204460492503131e-16;
}
