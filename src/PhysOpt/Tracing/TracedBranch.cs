namespace PhysOpt.Tracing;

/// <summary>One branch of a traced function, with its tapes: each is built when first asked for, and once, whichever threads ask.</summary>
internal sealed class TracedBranch
{
    readonly Lazy<Tape> conditions;
    readonly Lazy<Tape> value;
    readonly Lazy<Tape> gradientAndValue;
    readonly Lazy<Tape> vectorJacobian;
    readonly Lazy<Tape> jacobianVector;
    readonly Lazy<Tape> hessianVector;
    readonly Lazy<CompressedDerivative> jacobian;
    readonly Lazy<CompressedDerivative> hessian;

    internal TracedBranch(Graph graph)
    {
        Graph = graph;
        Signature = string.Concat(graph.Guards.Select(guard => guard.Symbol));
        conditions = new(() => new Tape(graph.Select([], keepGuards: true)));
        value = new(() => new Tape(graph));
        gradientAndValue = new(() => new Tape(Differentiation.GradientAndValue(graph)));
        vectorJacobian = new(() => new Tape(Differentiation.VectorJacobian(graph)));
        jacobianVector = new(() => new Tape(Differentiation.JacobianVector(graph, graph.InputCount)));
        hessianVector = new(() => new Tape(Differentiation.HessianVector(graph)));
        jacobian = new(() => CompressedDerivative.Jacobian(graph));
        hessian = new(() => CompressedDerivative.Hessian(IsScalar ? Gradient(graph) : Differentiation.VectorJacobian(graph)));
    }

    internal Graph Graph { get; }

    /// <summary>How the comparisons of the function turn out in this branch, one character each: the way through a script is fixed by it.</summary>
    internal string Signature { get; }

    internal bool IsScalar => Graph.Outputs.Count == 1;

    /// <summary>f with its guards.</summary>
    internal Tape Value => value.Value;

    /// <summary>For m = 1: the gradient, and f after it.</summary>
    internal Tape GradientAndValue => gradientAndValue.Value;

    /// <summary>(x, w) to J'w.</summary>
    internal Tape VectorJacobian => vectorJacobian.Value;

    /// <summary>(x, v) to J v.</summary>
    internal Tape JacobianVector => jacobianVector.Value;

    /// <summary>(x, w, v) to H v.</summary>
    internal Tape HessianVector => hessianVector.Value;

    /// <summary>The Jacobian at x.</summary>
    internal CompressedDerivative Jacobian => jacobian.Value;

    /// <summary>The Hessian, at x where m = 1, otherwise of w'f at (x, w).</summary>
    internal CompressedDerivative Hessian => hessian.Value;

    /// <summary>True when x lies in this branch.</summary>
    internal bool Holds(ReadOnlySpan<double> x) => Graph.Guards.Count == 0 || conditions.Value.Evaluate(x, []);

    static Graph Gradient(Graph graph)
    {
        var both = Differentiation.GradientAndValue(graph);
        return both.Select(both.Outputs.Take(graph.InputCount), keepGuards: false);
    }
}
