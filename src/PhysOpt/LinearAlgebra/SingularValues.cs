namespace PhysOpt.LinearAlgebra;

/// <summary>The thin singular value decomposition J = U S V' of an m by n matrix, with k = min(m, n).</summary>
/// <param name="Left">U, m by k, with orthonormal columns.</param>
/// <param name="Values">The diagonal of S, k singular values from the largest down.</param>
/// <param name="Right">V, n by k, with orthonormal columns.</param>
internal sealed record SingularValues(Matrix Left, Vector Values, Matrix Right)
{
    /// <summary>Singular values up to max(m, n) eps times the largest are zero but for rounding.</summary>
    internal double Negligible => int.Max(Left.RowCount, Right.RowCount) * Precision.MachineEpsilon * Values.InfinityNorm;

    /// <summary>The number of singular values that are not negligible.</summary>
    internal int Rank => Values.Count(value => value > Negligible);

    /// <summary>U'r, k components.</summary>
    internal Vector LeftTimes(Vector r) => Left.TransposeMultiply(r);
}
