namespace PhysOpt.Optimization;

/// <summary>How long a step may be that nothing has given a scale yet.</summary>
internal static class FirstLength
{
    const double Ordinary = 1e3;

    /// <summary>1 for an x of ordinary size, or zero; otherwise |x|: in metres an atom is 1e-10 long and an orbit 1e11.</summary>
    internal static double Of(Vector x) => x.Norm is var size && (size == 0 || (size > 1 / Ordinary && size < Ordinary)) ? 1 : size;
}
