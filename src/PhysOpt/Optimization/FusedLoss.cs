using System.Buffers;
using PhysOpt.Functions;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Optimization;

/// <summary>
/// The loss after the physics, L(y(x)), as one recorded function of x, wherever both are recorded: differentiated as a whole.
/// </summary>
internal sealed class FusedLoss
{
    static readonly Vector One = new(1);
    readonly IRecordedMap physics;
    readonly IMap loss;
    (TracedFunction Physics, TracedFunction Loss, TracedFunction WithOutputs)? latest;
    TracedFunction? alone; // L(y(x)) of the latest functions without y, whose second derivatives are cheaper
    Vector? latestY;

    FusedLoss(IRecordedMap physics, IMap loss) => (this.physics, this.loss) = (physics, loss);

    /// <summary>The fusion of two maps; null where they are not both recorded.</summary>
    internal static FusedLoss? Of(IMap physics, IMap loss) =>
        physics is IRecordedMap recorded && loss is IRecordedMap or SquaredDistance ? new(recorded, loss) : null;

    /// <summary>dL/dx at a point; null where either is not recorded there.</summary>
    internal Vector? Gradient(Point point) => IsLatestAt(point) ? Everything(point.X).Gradient : null;

    /// <summary>
    /// y, L and dL/dx at once, by one walk forwards and one back; null where that is not on record as it stands.
    /// </summary>
    internal (Vector Y, double Value, Vector Gradient)? EvaluateAhead(Vector x) =>
        latest is var (inner, outer, all) && IsRecorded(physics, x) && inner == physics.Function
        && (loss is not IRecordedMap recorded || (IsRecorded(loss, latestY!) && outer == recorded.Function))
        && all.IsOnRecord(x.AsSpan()) ? Everything(x) : null;

    /// <summary>y, L and dL/dx of the latest functions.</summary>
    (Vector Y, double Value, Vector Gradient) Everything(Vector x)
    {
        var function = latest!.Value.WithOutputs;
        var (n, m) = (x.Count, function.OutputCount - 1);
        var all = ArrayPool<double>.Shared.Rent(n + 1 + m);
        function.GradientAndOutputs(x.AsSpan(), all.AsSpan(0, n + 1 + m));
        var (gradient, value, y) = (Vector.Wrap([.. all.AsSpan(0, n)]), all[n], Vector.Wrap([.. all.AsSpan(n + 1, m)]));
        ArrayPool<double>.Shared.Return(all);
        // a distance adds up its squares in another order than the program: a run sees one of the two
        return (y, loss is SquaredDistance distance ? distance.Evaluate(y)[0] : value, gradient);
    }

    /// <summary>d2L/dx2 at a point; null where either is not recorded there.</summary>
    internal Matrix? Hessian(Point point) => Alone(point)?.WeightedHessian(point.X, new Vector(point.Value), One);

    /// <summary>d2L/dx2 times v at a point; null where either is not recorded there.</summary>
    internal Vector? HessianTimes(Point point, Vector v) => Alone(point)?.HessianVectorProduct(point.X, One, v);

    TracedFunction? Alone(Point point) =>
        IsLatestAt(point) ? alone ??= TracedFunction.Compose(latest!.Value.Loss, latest.Value.Physics) : null;

    /// <summary>Fuses the functions as they are recorded at a point; false where either is not.</summary>
    bool IsLatestAt(Point point)
    {
        if (!IsRecorded(physics, point.X) || !IsRecorded(loss, point.Y!)) return false;
        var inner = physics.Function;
        latestY = point.Y;
        var outer = loss is IRecordedMap recorded ? recorded.Function : latest is var (_, known, _) && known.InputCount == inner.OutputCount
            ? known : Record((SquaredDistance)loss, inner.OutputCount);
        if (latest is not var (y, l, _) || y != inner || l != outer)
            (latest, alone) = ((inner, outer, TracedFunction.Compose(outer, inner, keepInner: true)), null);
        return true;
    }

    /// <summary>True when the map's own derivatives are to be had at a point.</summary>
    internal static bool IsRecorded(IMap map, Vector at) => map is not ILocallyDifferentiableMap local || local.IsDifferentiableAt(at);

    /// <summary>|y - t|^2 as a recorded function of y, m components.</summary>
    static TracedFunction Record(SquaredDistance loss, int m)
    {
        var recorder = new Recorder(new double[m]);
        TracedNumber? sum = null;
        for (var i = 0; i < m; i++)
        {
            var residual = loss.Target is { } target ? recorder.Inputs[i] - target[i] : recorder.Inputs[i];
            var square = residual * residual;
            sum = sum is null ? square : sum + square;
        }

        return new(recorder.Finish([sum]));
    }
}
