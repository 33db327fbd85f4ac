using System.Buffers;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing;

/// <summary>A recorded function from R^n to R^m with exact derivatives of first and second order.</summary>
/// <remarks>
/// <para>A record is right only where the comparisons in the function turn out as recorded. Elsewhere the function is recorded
/// again, at that
/// point, and both records are kept, so that every value is that of the right branch. At a point where branches meet, derivatives
/// are those of the
/// branch that the function takes there.</para>
/// <para>Safe for many threads. Recording again happens on the thread that asks, one at a time.</para>
/// <para>Cost in operations of f: gradient, J'w and J v 3 to 5 times f, H v about 10 times; Jacobian and Hessian once this for each
/// colour of their
/// sparsity pattern. Griewank and Walther (2008), sections 3.3, 4.5 and 8.1.</para>
/// </remarks>
public sealed class TracedFunction : IHessianVectorMap, IValueAndGradientMap, ISparseJacobianMap
{
    /// <summary>When a function has more branches than this they are forgotten: it will not come back to all of them.</summary>
    const int LargestBranchCount = 64;

    /// <summary>Up to so many variables a Jacobian whose factors would be dense is dense itself.</summary>
    const int LargestDense = 1000;

    readonly Func<Vector, TracedBranch?>? retrace;
    readonly Lock gate = new();
    readonly Dictionary<string, TracedBranch> branches = [];
    volatile TracedBranch latest;

    /// <summary>The function of a graph.</summary>
    /// <param name="graph">The function as recorded at some point.</param>
    /// <param name="retrace">Records the function at a point where the guards of the known records do not hold; null where it
    /// cannot be.</param>
    internal TracedFunction(Graph graph, Func<Vector, Graph?>? retrace = null)
        : this(new TracedBranch(graph), retrace is null ? null : x => retrace(x) is { } again ? new(again) : null)
    {
    }

    /// <summary>The function of a branch, which whoever recorded it may have evaluated already to compare it with the function.</summary>
    /// <inheritdoc cref="TracedFunction(Graph, Func{Vector, Graph?})"/>
    internal TracedFunction(TracedBranch branch, Func<Vector, TracedBranch?>? retrace)
    {
        (InputCount, OutputCount, this.retrace) = (branch.Graph.InputCount, branch.Graph.Outputs.Count, retrace);
        latest = branch;
        branches[latest.Signature] = latest;
    }

    /// <summary>n.</summary>
    public int InputCount { get; }

    /// <summary>m.</summary>
    public int OutputCount { get; }

    /// <summary>The number of branches on record.</summary>
    public int BranchCount
    {
        get
        {
            lock (gate) return branches.Count;
        }
    }

    /// <summary>The composition outer(inner(x)) as one function, differentiated as a whole.</summary>
    /// <exception cref="ArgumentException">The outer function does not take as many numbers as the inner one gives.</exception>
    public static TracedFunction Compose(TracedFunction outer, TracedFunction inner)
    {
        ArgumentNullException.ThrowIfNull(outer);
        ArgumentNullException.ThrowIfNull(inner);
        return Compose(outer, inner, keepInner: false);
    }

    /// <summary>outer(inner(x)) and, where wanted, inner(x) after it.</summary>
    internal static TracedFunction Compose(TracedFunction outer, TracedFunction inner, bool keepInner) =>
        new(inner.latest.Graph.Then(outer.latest.Graph, keepInner),
            x => inner.GraphAt(x).Then(outer.GraphAt(inner.Evaluate(x)), keepInner));

    /// <inheritdoc/>
    /// <exception cref="EvaluationException">x lies in a branch that is not on record and cannot be recorded.</exception>
    /// <exception cref="ArgumentException">x does not have n components.</exception>
    public Vector Evaluate(Vector x)
    {
        var y = new double[OutputCount];
        Evaluate(Components(x), y);
        return Vector.Wrap(y);
    }

    /// <summary>f(x) into an array; allocates nothing where the branch is known.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="y">Receives m numbers.</param>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        BranchAt(x).Value.Evaluate(x, y);
    }

    /// <summary>The gradient and the value of a scalar function in one pass; allocates nothing where the branch is known.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="gradientAndValue">Receives n + 1 numbers: the gradient, and f(x) after it.</param>
    /// <exception cref="InvalidOperationException">f has more or fewer outputs than one.</exception>
    public void GradientAndValue(ReadOnlySpan<double> x, Span<double> gradientAndValue)
    {
        if (OutputCount != 1)
            throw new InvalidOperationException($"Only a function with one output has a gradient; this one has {OutputCount}.");
        GradientAndOutputs(x, gradientAndValue);
    }

    /// <summary>The gradient of the first output, and all outputs after it, in one pass.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="gradientAndOutputs">Receives n + m numbers.</param>
    internal void GradientAndOutputs(ReadOnlySpan<double> x, Span<double> gradientAndOutputs) =>
        BranchAt(x).GradientAndValue.Evaluate(x, gradientAndOutputs);

    /// <summary>Whether x lies in a branch that is on record.</summary>
    internal bool IsOnRecord(ReadOnlySpan<double> x) => OnRecord(x) is not null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">f has more or fewer outputs than one.</exception>
    public (double Value, Vector Gradient) ValueAndGradient(Vector x)
    {
        var both = ArrayPool<double>.Shared.Rent(InputCount + 1);
        GradientAndValue(Components(x), both.AsSpan(0, InputCount + 1));
        var gradient = GC.AllocateUninitializedArray<double>(InputCount);
        both.AsSpan(0, InputCount).CopyTo(gradient);
        var value = both[InputCount];
        ArrayPool<double>.Shared.Return(both);
        return (value, Vector.Wrap(gradient));
    }

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y) => BranchAt(Components(x)).Jacobian.ToMatrix(x.AsSpan());

    bool ISparseJacobianMap.IsSparseAt(Vector x) => BranchAt(Components(x)).Pattern?.Elimination is not null;

    SparseMatrix? ISparseJacobianMap.SparseJacobian(Vector x)
    {
        var branch = BranchAt(Components(x));
        return branch.Pattern is { } pattern && (pattern.Elimination is not null || InputCount > LargestDense)
            ? branch.Jacobian.ToSparse(x.AsSpan(), pattern) : null;
    }

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w)
    {
        if (OutputCount != 1) return Product(BranchAt(Components(x)).VectorJacobian, x, Weights(w));
        var gradient = ValueAndGradient(x).Gradient;
        var weight = Weights(w)[0];
        return weight == 1 ? gradient : weight * gradient;
    }

    /// <summary>The Jacobian-vector product J v, m components: the derivative of f in the direction v.</summary>
    /// <param name="x">The point.</param>
    /// <param name="v">The direction, n components.</param>
    public Vector JacobianVectorProduct(Vector x, Vector v) => Product(BranchAt(Components(x)).JacobianVector, x, Direction(v));

    /// <inheritdoc/>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w)
    {
        var weights = Weights(w).AsSpan();
        var branch = BranchAt(Components(x));
        return branch.IsScalar ? branch.Hessian.ToMatrix(x.AsSpan(), weights[0]) : branch.Hessian.ToMatrix([.. x.AsSpan(), .. weights]);
    }

    /// <inheritdoc/>
    public Vector HessianVectorProduct(Vector x, Vector w, Vector v) =>
        Product(BranchAt(Components(x)).HessianVector, x, Weights(w), Direction(v));

    /// <summary>How often a branch was recorded after the first, those that were forgotten among them.</summary>
    internal int RecordingCount { get; private set; }

    /// <summary>The number of operations of the latest branch.</summary>
    internal int OperationCount => latest.OperationCount;

    /// <summary>How the latest branch is run.</summary>
    internal ProgramShape Shape => latest.Shape;

    /// <summary>The record for the branch at x.</summary>
    internal Graph GraphAt(Vector x) => BranchAt(Components(x)).Graph;

    /// <summary>The branch at x: the latest one if x lies in it, otherwise another one on record, otherwise a new record.</summary>
    TracedBranch BranchAt(ReadOnlySpan<double> x)
    {
        var branch = latest;
        if (branch.Holds(x)) return branch;
        lock (gate)
        {
            if (OnRecord(x) is { } known) return known;
            branch = Record(new Vector([.. x]));
            RecordingCount++;
            if (branches.Count >= LargestBranchCount) branches.Clear();
            branches[branch.Signature] = branch;
            return latest = branch;
        }
    }

    TracedBranch? OnRecord(ReadOnlySpan<double> x)
    {
        var branch = latest;
        if (branch.Holds(x)) return branch;
        lock (gate)
        {
            foreach (var known in branches.Values)
            {
                if (known.Holds(x)) return latest = known;
            }
        }

        return null;
    }

    TracedBranch Record(Vector x)
    {
        var branch = retrace?.Invoke(x) ?? throw new EvaluationException(
            "TraceBranchUnknown",
            $"A comparison in the function turns out differently at {PointWords.Place(x)} than where it was recorded, "
            + "and cannot be recorded there.", x);
        if (branch.Graph.InputCount != InputCount || branch.Graph.Outputs.Count != OutputCount)
        {
            throw new EvaluationException(
                "TraceLengthChanged",
                $"The function returned {Plural.Of(OutputCount, "number")} where it was first recorded, "
                + $"but returns {branch.Graph.Outputs.Count} at {PointWords.Place(x)}.", x);
        }

        return branch.Holds(x.AsSpan()) ? branch : throw new EvaluationException(
            "TraceNotRepeatable",
            $"The function was recorded at {PointWords.Place(x)}, "
            + "but its comparisons turn out differently there when the record is evaluated.", x);
    }

    ReadOnlySpan<double> Components(Vector x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Count == InputCount ? x.AsSpan()
            : throw new ArgumentException($"The function takes {Plural.Of(InputCount, "number")}, not {x.Count}: "
                + $"{PointWords.Place(x)}.", nameof(x));
    }

    Vector Weights(Vector w) => w?.Count == OutputCount ? w
        : throw new ArgumentException(
            $"The function has {Plural.Of(OutputCount, "output")}; w has {Plural.Of(w?.Count ?? 0, "component")}.", nameof(w));

    Vector Direction(Vector v) => v?.Count == InputCount ? v
        : throw new ArgumentException(
            $"The function takes {Plural.Of(InputCount, "number")}; the direction v has {Plural.Of(v?.Count ?? 0, "component")}.",
            nameof(v));

    /// <summary>A program at the components of some vectors, one after the other.</summary>
    static Vector Product(TieredRunner runner, params ReadOnlySpan<Vector> vectors)
    {
        var count = 0;
        foreach (var vector in vectors) count += vector.Count;
        var inputs = ArrayPool<double>.Shared.Rent(count);
        var filled = 0;
        foreach (var vector in vectors)
        {
            vector.AsSpan().CopyTo(inputs.AsSpan(filled));
            filled += vector.Count;
        }

        var product = new double[runner.OutputCount];
        runner.Evaluate(inputs.AsSpan(0, count), product);
        ArrayPool<double>.Shared.Return(inputs);
        return Vector.Wrap(product);
    }
}
