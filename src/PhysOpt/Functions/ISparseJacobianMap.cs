using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>A map that knows which entries of its Jacobian are always zero.</summary>
internal interface ISparseJacobianMap : IDifferentiableMap
{
    /// <summary>True where so many entries of the Jacobian at x are always zero that its factors are sparse too.</summary>
    /// <param name="x">The point.</param>
    bool IsSparseAt(Vector x);

    /// <summary>The Jacobian at x, m by n; null where its zeros are too few, or it is small and its factors are dense.</summary>
    /// <param name="x">The point.</param>
    SparseMatrix? SparseJacobian(Vector x);
}
