using PhysOpt.LinearAlgebra;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing;

/// <summary>
/// One branch of a traced function, with all that runs it: each is built when first asked for, and once, whichever threads ask.
/// </summary>
/// <remarks>
/// Where the branch holds is decided by the exact bits of a <see cref="Tape"/>; values and derivatives are then computed without
/// guards, and of the cheapened graph.
/// </remarks>
internal sealed class TracedBranch
{
    const int LeastSparse = 100; // variables: below, dense factors take next to no time
    const double LargestPart = 0.1; // of the entries

    readonly bool isGuarded;
    readonly Lazy<Tape> conditions;
    readonly Lazy<Graph> cheap;
    readonly Lazy<TieredRunner> value;
    readonly Lazy<TieredRunner> gradientAndValue;
    readonly Lazy<TieredRunner> vectorJacobian;
    readonly Lazy<TieredRunner> jacobianVector;
    readonly Lazy<TieredRunner> hessianVector;
    readonly Lazy<SparsePattern?> pattern;
    readonly Lazy<CompressedDerivative> jacobian;
    readonly Lazy<CompressedDerivative> hessian;

    internal TracedBranch(Graph graph)
    {
        Graph = graph;
        isGuarded = graph.Guards.Count > 0 || graph.UnsureReaders.Count > 0;
        Signature = string.Concat(graph.Guards.Select(guard => guard.Symbol)) + new string('[', graph.UnsureReaders.Count);
        conditions = new(() => new Tape(graph.Select(graph.UnsureReaders, keepGuards: true)));
        cheap = new(graph.Cheapened);
        value = new(() => ProgramRunner.For(Cheap));
        gradientAndValue = new(() => ProgramRunner.For(Differentiation.GradientAndValue(Cheap)));
        vectorJacobian = new(() => ProgramRunner.For(Differentiation.VectorJacobian(Cheap)));
        jacobianVector = new(() => ProgramRunner.For(Differentiation.JacobianVector(Cheap, graph.InputCount)));
        hessianVector = new(() => ProgramRunner.For(Differentiation.HessianVector(Cheap)));
        pattern = new(Sparse);
        jacobian = new(() => CompressedDerivative.Jacobian(Cheap, Pattern?.ToRows()));
        hessian = new(() => CompressedDerivative.Hessian(IsScalar ? Gradient(Cheap) : Differentiation.VectorJacobian(Cheap)));
    }

    /// <summary>The function as it was recorded, operation by operation.</summary>
    internal Graph Graph { get; }

    /// <summary>
    /// How the comparisons of the function turn out in this branch, one character each: the way through a script is fixed by it.
    /// </summary>
    internal string Signature { get; }

    internal bool IsScalar => Graph.Outputs.Count == 1;

    /// <summary>f, where the branch holds.</summary>
    internal TieredRunner Value => value.Value;

    /// <summary>The gradient of the first output, and f after it.</summary>
    internal TieredRunner GradientAndValue => gradientAndValue.Value;

    /// <summary>(x, w) to J'w.</summary>
    internal TieredRunner VectorJacobian => vectorJacobian.Value;

    /// <summary>(x, v) to J v.</summary>
    internal TieredRunner JacobianVector => jacobianVector.Value;

    /// <summary>(x, w, v) to H v.</summary>
    internal TieredRunner HessianVector => hessianVector.Value;

    /// <summary>Where the Jacobian has entries; null where it is small, or has too few zeros to be worth leaving out.</summary>
    internal SparsePattern? Pattern => pattern.Value;

    /// <summary>The Jacobian at x.</summary>
    internal CompressedDerivative Jacobian => jacobian.Value;

    /// <summary>The Hessian, at x where m = 1, otherwise of w'f at (x, w).</summary>
    internal CompressedDerivative Hessian => hessian.Value;

    /// <summary>How f is run: the operations that are left, and what they were rolled up into.</summary>
    internal ProgramShape Shape => ProgramShape.Of(Cheap, Vectoriser.Roll(Cheap));

    /// <summary>The number of operations that are left.</summary>
    internal int OperationCount => Cheap.OperationCount;

    Graph Cheap => cheap.Value;

    /// <summary>True when x lies in this branch.</summary>
    internal bool Holds(ReadOnlySpan<double> x) => !isGuarded || conditions.Value.Holds(x);

    /// <summary>f(x) by the program that is run, to be compared with what was recorded.</summary>
    /// <returns>False, and nothing in y, where x lies in another branch.</returns>
    internal bool TryEvaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        if (!Holds(x)) return false;
        Value.Evaluate(x, y);
        return true;
    }

    SparsePattern? Sparse()
    {
        var (m, n) = (Graph.Outputs.Count, Graph.InputCount);
        return n >= LeastSparse && Sparsity.Of(Cheap, n, (long)(LargestPart * m * n)) is { } rows ? new(rows, n) : null;
    }

    static Graph Gradient(Graph graph)
    {
        var both = Differentiation.GradientAndValue(graph);
        return both.Select(both.Outputs.Take(graph.InputCount), keepGuards: false);
    }
}
