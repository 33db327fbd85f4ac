using System.Diagnostics;
using PhysOpt.Functions;

namespace PhysOpt.Pictures;

/// <summary>The loss around a run, over one or two components of x or y, on a grid that is as fine as time allows.</summary>
internal sealed class LossSurface(Func<Vector, double> loss, CancellationToken token)
{
    /// <summary>Points along each axis: of a first look, and at most.</summary>
    const int Coarse = 25, Fine = 121;

    /// <summary>Points that contours may add where they bend.</summary>
    const int MostRefinements = 40_000;

    /// <summary>What may be spent on the first look, on the grid after it, and on points where contours bend.</summary>
    static readonly TimeSpan
        FirstLook = TimeSpan.FromSeconds(10),
        SecondLook = TimeSpan.FromSeconds(3),
        ThirdLook = TimeSpan.FromSeconds(3);

    /// <summary>The loss as a function of x, or of y = y(x) where that is the space.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="ofY">True for the loss as a function of y.</param>
    /// <param name="token">Stops it.</param>
    internal static LossSurface Of(OptimizationProblem problem, bool ofY, CancellationToken token)
    {
        if (problem.Physics is null) return new(Value(problem.Loss, problem.InitialGuess), token);
        var physics = Recorded(problem.Physics, problem.InitialGuess);
        Func<Vector, double>? value = null;
        if (ofY) return new(y => (value ??= Value(problem.Loss, y))(y), token);
        return new(
            x =>
            {
                var y = physics.Evaluate(x);
                return (value ??= Value(problem.Loss, y))(y);
            },
            token);
    }

    static Func<Vector, double> Value(IMap loss, Vector at)
    {
        var map = Recorded(loss, at);
        return point => map.Evaluate(point)[0];
    }

    /// <summary>The map as it is traced; one that contradicts the map at the point is the map itself from then on.</summary>
    static IMap Recorded(IMap map, Vector at)
    {
        var traced = (map as ITraceableMap)?.Trace(at, null);
        (traced as IConfirmableMap)?.Confirm(at);
        return traced ?? map;
    }

    /// <summary>The loss at a point; not a number where it has no value.</summary>
    internal double At(params double[] point)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            return loss(new Vector(point));
        }
        catch (EvaluationException)
        {
            return double.NaN;
        }
    }

    double At(Dot dot, bool swapped) => swapped ? At(dot.Vertical, dot.Horizontal) : At(dot.Horizontal, dot.Vertical);

    /// <summary>The points that were added to the grid.</summary>
    internal int Refinements { get; private set; }

    /// <summary>The loss at points that are added to the grid; null where their number or the time for them is used up.</summary>
    internal Func<Dot, double?> Refinement(bool swapped)
    {
        var clock = Stopwatch.StartNew();
        return dot =>
        {
            if (Refinements == MostRefinements || clock.Elapsed > ThirdLook) return null;
            Refinements++;
            return At(dot, swapped);
        };
    }

    /// <summary>The loss on a grid over the frame, by column and row; null where even a coarse one takes too long.</summary>
    /// <param name="frame">What the grid covers.</param>
    /// <param name="swapped">True where the horizontal component is the second.</param>
    internal double[,]? Grid(Frame frame, bool swapped)
    {
        var clock = Stopwatch.StartNew();
        if (Grid(Coarse) is not { } coarse) return null;
        var points = (int)double.Min(Fine, double.Sqrt(SecondLook / clock.Elapsed) * Coarse);
        clock.Restart();
        return points <= Coarse ? coarse : Grid(points) ?? coarse;

        double[,]? Grid(int points)
        {
            var values = new double[points, points];
            for (var i = 0; i < points; i++)
            {
                var horizontal = frame.Left + frame.Width * i / (points - 1);
                for (var j = 0; j < points; j++)
                {
                    var vertical = frame.Bottom + frame.Height * j / (points - 1);
                    values[i, j] = At(new(horizontal, vertical), swapped);
                }

                if (clock.Elapsed > FirstLook) return null;
            }

            return values;
        }
    }

    /// <summary>The loss along one component; what takes too long is left out.</summary>
    internal IReadOnlyList<Dot> Line(double from, double to, int points)
    {
        var clock = Stopwatch.StartNew();
        var dots = new List<Dot>(points);
        for (var i = 0; i < points && clock.Elapsed < FirstLook; i++)
        {
            var at = from + (to - from) * i / (points - 1);
            dots.Add(new(at, At(at)));
        }

        return [.. dots.Where(dot => dot.IsFinite)];
    }
}
