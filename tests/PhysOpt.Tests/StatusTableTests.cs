using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Every status: a run that ends with it, and one that narrowly does not.</summary>
public class StatusTableTests
{
    /// <summary>x^2 by gradient descent with eta = 1/4 halves x: from 1 to 1/2 and 1/4, all exact.</summary>
    static readonly OptimizationProblem Bowl = Line(x => x * x, x => 2 * x, 1);

    static readonly GradientDescent Halving = new(0.25);

    sealed record Pair(Func<TerminationReason> Reached, Func<TerminationReason> Missed);

    /// <summary>A row for a status; the two runs differ by the spacing of numbers where they can.</summary>
    static readonly Dictionary<TerminationReason, Pair> Rows = new()
    {
        [TerminationReason.Running] = new(
            () => Optimizer.Run(Bowl, Halving).First().Status,
            () => Optimizer.Run(Bowl, Halving, new() { MaxIterations = 0 }).First().Status),
        [TerminationReason.GradientTolerance] = new(
            () => EndOfTwo(new() { GradientTolerance = 0.5 }),
            () => EndOfTwo(new() { GradientTolerance = double.BitDecrement(0.5) })),
        [TerminationReason.StepTolerance] = new(
            () => EndOfTwo(new() { StepTolerance = 0.25 }),
            () => EndOfTwo(new() { StepTolerance = double.BitDecrement(0.25) })),
        [TerminationReason.LossTolerance] = new( // |1/16 - 1/4| beside 1
            () => EndOfTwo(new() { LossTolerance = 0.1875 }),
            () => EndOfTwo(new() { LossTolerance = double.BitDecrement(0.1875) })),
        [TerminationReason.LossTarget] = new(
            () => EndOfTwo(new() { LossTarget = 0.0625 }),
            () => EndOfTwo(new() { LossTarget = double.BitDecrement(0.0625) })),
        [TerminationReason.DistanceTarget] = new(() => Compared(0.25), () => Compared(double.BitDecrement(0.25))),
        [TerminationReason.IterationLimit] = new(
            () => End(Optimizer.Run(Bowl, Halving, new() { MaxIterations = 1, LossTarget = 0.0625 })),
            () => End(Optimizer.Run(Bowl, Halving, new() { MaxIterations = 2, LossTarget = 0.0625 }))),
        [TerminationReason.EvaluationLimit] = new(
            () => EndOfTwo(new() { MaxEvaluations = 2, LossTarget = 0.0625 }),
            () => EndOfTwo(new() { MaxEvaluations = 3, LossTarget = 0.0625 })),
        [TerminationReason.TimeLimit] = new(
            () => Timed(TimeSpan.FromMilliseconds(1), int.MaxValue), () => Timed(TimeSpan.FromDays(20), 10)),
        [TerminationReason.NonFinite] = new( // the step from 1 ends just below 0, or on it
            () => OneStep(Line(x => x < 0 ? double.NaN : x, _ => 1, 1), double.BitIncrement(1)),
            () => OneStep(Line(x => x < 0 ? double.NaN : x, _ => 1, 1), 1)),
        [TerminationReason.Unbounded] = new(
            () => OneStep(Line(x => -x, _ => -1, 1), 1e20),
            () => OneStep(Line(x => -x, _ => -1, 1), double.BitDecrement(1e20))),
        [TerminationReason.LineSearchFailed] = new( // a slope that is too small by far, of the wrong and of the right sign
            () => OneBacktrackedStep(-1e-3), () => OneBacktrackedStep(1e-3)),
        [TerminationReason.Flat] = new( // steps are too short in both; the slope times x is 1e-20 of the loss, or 1e-16
            () => OneStep(Well(10), 0.01), () => OneStep(Well(9), 0.01)),
        [TerminationReason.StepCollapsed] = new( // at 1e10 numbers are 1.907e-6 apart
            () => OneStep(Line(x => x, _ => 1, 1e10), 0.95e-6),
            () => OneStep(Line(x => x, _ => 1, 1e10), 0.96e-6)),
        [TerminationReason.Saddle] = new(() => NewtonsEnd(-1e-12), () => NewtonsEnd(1e-12)),
        [TerminationReason.SingularHessian] = new(() => NewtonsEnd(0), () => NewtonsEnd(double.Epsilon * 1e20)),
        [TerminationReason.OutOfRange] = new(() => Inverted(-1e-15), () => Inverted(0)),
        [TerminationReason.Stopped] = new(() => StoppedIn(2), () => StoppedIn(3)),
        [TerminationReason.EvaluationError] = new(
            () => OneStep(Line(Guarded, _ => 1, 1), double.BitIncrement(1)),
            () => OneStep(Line(Guarded, _ => 1, 1), 1)),
    };

    public static TheoryData<TerminationReason> All() => [.. Enum.GetValues<TerminationReason>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_status_is_reached_and_narrowly_not_reached(TerminationReason status)
    {
        Assert.Equal(status, Rows[status].Reached());
        Assert.NotEqual(status, Rows[status].Missed());
    }

    [Fact]
    public void By_default_a_run_ends_at_the_first_step_that_promises_nothing_beyond_rounding()
    {
        var bowl = Line(x => (x - 3) * (x - 3) + 1, x => 2 * (x - 3), 0);
        var records = Optimizer.Run(bowl, new GradientDescent(0.1), new() { MaxIterations = 1000 }).ToList();
        Assert.Equal(TerminationReason.LossTolerance, records[^1].Status);
        // g^2 / (2 f'') = (x - 3)^2 beside the rounding of the loss and of x times the slope
        double Left(IterationRecord record) => double.Pow(record.X[0] - 3, 2);
        Assert.InRange(Left(records[^1]), 0, 8 * Precision.MachineEpsilon);
        Assert.InRange(Left(records[^2]), 4 * Precision.MachineEpsilon, 1);
        var shorter = Optimizer.Run(bowl, new GradientDescent(0.1), new() { MaxIterations = records[^1].Iteration - 1 }).Last();
        Assert.Equal(TerminationReason.IterationLimit, shorter.Status);
    }

    static OptimizationProblem Line(Func<double, double> f, Func<double, double> slope, double start) => Runs.Objective(
        DelegateMap.Scalar(x => f(x[0]), x => new Vector(slope(x[0]))), start);

    static double Guarded(double x) => x >= 0 ? x : throw new EvaluationException("Negative", "There is no length below 0.", new(x));

    /// <summary>1 - exp(-x^2 / 2).</summary>
    static OptimizationProblem Well(double start) =>
        Line(x => 1 - double.Exp(-x * x / 2), x => x * double.Exp(-x * x / 2), start);

    /// <summary>How a run has ended, though a function may have failed.</summary>
    static TerminationReason End(IEnumerable<IterationRecord> run)
    {
        var status = TerminationReason.Running;
        try
        {
            foreach (var record in run) status = record.Status;
        }
        catch (EvaluationException)
        {
            Assert.Equal(TerminationReason.EvaluationError, status);
        }

        return status;
    }

    static TerminationReason EndOfTwo(OptimizationOptions options) =>
        End(Optimizer.Run(Bowl, Halving, options with { MaxIterations = 2 }));

    static TerminationReason OneStep(OptimizationProblem problem, double rate) =>
        End(Optimizer.Run(problem, new GradientDescent(rate), new() { MaxIterations = 1 }));

    static TerminationReason OneBacktrackedStep(double slope) => End(Optimizer.Run(
        Line(x => x * x, x => slope * x, 3), new GradientDescent(1, backtracking: true), new() { MaxIterations = 1 }));

    /// <summary>Newton's method on x^2 + c y^2.</summary>
    static TerminationReason NewtonsEnd(double c) => End(Optimizer.Run(
        Runs.Objective(
            DelegateMap.Scalar(x => x[0] * x[0] + c * x[1] * x[1], x => new(2 * x[0], 2 * c * x[1]), _ => Matrix.Diagonal(2, 2 * c)), 1, 1),
        new Newton(1)));

    /// <summary>The full step of the inverse simulator from y = 1 to a target, where y = x^2.</summary>
    static TerminationReason Inverted(double target) => End(Optimizer.Run(
        new OptimizationProblem(
            "Square", DelegateMap.Create(x => new Vector(x[0] * x[0])), new SquaredDistance(new(target)), new(1),
            DelegateMap.Inverse((y, _) => new(double.Sqrt(y[0])))),
        new InverseSimulator(1), new() { MaxIterations = 1 }));

    /// <summary>The caller wants no more while a call is made; the third one is the last of the run.</summary>
    static TerminationReason StoppedIn(int call)
    {
        using var stop = new CancellationTokenSource();
        var calls = 0;
        var problem = Line(
            x =>
            {
                if (++calls == call) stop.Cancel();
                return x * x;
            },
            x => 2 * x, 1);
        return End(Optimizer.Run(problem, Halving, new() { LossTarget = 0.0625 }, stop.Token));
    }

    static TerminationReason Compared(double distance) => new ComparedRun(MethodRegistry.Require("GradientDescent"), 0.25)
        .Measure(new("Bowl", null, Bowl.Loss, new(1), solution: new(0)), new() { MaxIterations = 2 }, distance).Status;

    /// <summary>A search whose steps are so short that it gets nowhere.</summary>
    static TerminationReason Timed(TimeSpan limit, int iterations) => new MinimumSearch
    {
        Method = MethodRegistry.Require("GradientDescent"),
        LearningRate = 1e-9,
        TimeLimit = limit,
        Options = _ => new() { MaxIterations = iterations },
    }.Find(Bowl).Status;
}
