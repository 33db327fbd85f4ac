using CsCheck;
using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>Right gradients pass and wrong ones fail, whatever the scales; where nothing can be said, nothing is.</summary>
public class GradientCheckTests
{
    /// <summary>A smooth function of u with all its parts of size 1: waves, an exponential and a square.</summary>
    sealed record Smooth(double[][] Waves, double[] Phases, double[] Rates)
    {
        internal double Value(double[] u)
        {
            var sum = double.Exp(Dot(Rates, u));
            for (var k = 0; k < Phases.Length; k++) sum += double.Sin(Dot(Waves[k], u) + Phases[k]);
            return sum + Dot(u, u) / 2;
        }

        internal double[] Gradient(double[] u) => [.. u.Select((value, i) =>
            value + Rates[i] * double.Exp(Dot(Rates, u)) + Phases.Select((phase, k) => Waves[k][i] * double.Cos(Dot(Waves[k], u) + phase))
                .Sum())];

        static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
    }

    const int Dimension = 3;

    static readonly Gen<double> Scale = Gen.Double[-6, 6].Select(exponent => double.Pow(10, exponent));

    static readonly Gen<(Smooth Function, double[] U)> Functions = Gen.Select(
        Gen.Double[-2, 2].Array[Dimension].Array[4], Gen.Double[-3, 3].Array[4], Gen.Double[-1, 1].Array[Dimension],
            Gen.Double[0.1, 2].Array[Dimension],
        (waves, phases, rates, u) => (new Smooth(waves, phases, rates), u));

    /// <summary>amplitude f(scale x) at u, in the coordinates x = u / scale, with its exact gradient.</summary>
    static (Func<Vector, double> Value, Vector X, Vector Gradient) Scaled(Smooth f, double[] u, double[] scale, double amplitude) => (
        x => amplitude * f.Value([.. x.Zip(scale, (value, s) => value * s)]),
        new(u.Zip(scale, (value, s) => value / s)),
        new(f.Gradient(u).Zip(scale, (value, s) => amplitude * value * s)));

    internal static GradientError Check(
        Func<Vector, double> f, Vector x, Vector gradient, double tolerance = GradientCheck.DefaultTolerance,
        Vector? lower = null, Vector? upper = null) =>
        GradientCheck.Measure(
            new("f", null, DelegateMap.Scalar(f), x, lowerBound: lower, upperBound: upper),
                new() { Gradient = DelegateMap.Create(_ => gradient) }, tolerance);

    internal static void Passes(GradientError result)
    {
        Assert.True(result.IsCorrect, result.Message);
        Assert.True(result.UndecidedCount == 0, result.Message);
    }

    [Fact]
    public void An_exact_gradient_passes_whatever_the_scales_of_the_variables_and_of_the_function() =>
        Gen.Select(Functions, Scale.Array[Dimension], Scale).Sample((at, scale, amplitude) =>
        {
            var (f, x, gradient) = Scaled(at.Function, at.U, scale, amplitude);
            Passes(Check(f, x, gradient));
        });

    [Fact]
    public void The_reference_is_within_its_own_error() =>
        Gen.Select(Functions, Scale.Array[Dimension]).Sample((at, scale) =>
        {
            var (f, x, gradient) = Scaled(at.Function, at.U, scale, 1);
            foreach (var component in Check(f, x, gradient).Components)
            {
                // the exact gradient is rounded too
                Assert.True(component.Error <= component.ReferenceError + 1e-13 * scale[component.Index], component.ToString());
                Assert.InRange(component.ReferenceError, 0, 1e-7 * scale[component.Index] * 10);
            }
        });

    public static TheoryData<string> Corruptions() => ["factor 2", "sign", "swapped", "missing 1e-4", "zero", "NaN", "infinite"];

    [Theory]
    [MemberData(nameof(Corruptions))]
    public void A_wrong_component_fails_whatever_the_scales(string corruption)
    {
        var judged = 0;
        Gen.Select(Functions, Scale.Array[Dimension], Scale, Gen.Int[0, Dimension - 1]).Sample((at, scale, amplitude, i) =>
        {
            var (f, x, gradient) = Scaled(at.Function, at.U, scale, amplitude);
            var j = (i + 1) % Dimension;
            var wrong = corruption switch
            {
                "factor 2" => gradient.With(i, 2 * gradient[i]),
                "sign" => gradient.With(i, -gradient[i]),
                "swapped" => gradient.With(i, gradient[j]).With(j, gradient[i]),
                "missing 1e-4" => gradient.With(i, gradient[i] * (1 - 1e-4)),
                "zero" => gradient.With(i, 0),
                "NaN" => gradient.With(i, double.NaN),
                _ => gradient.With(i, double.NegativeInfinity),
            };
            if (double.Abs(gradient[i]) < 1e-2 * amplitude * scale[i]) return; // nearly stationary: a factor on nothing
            if (corruption == "swapped" && double.Abs(gradient[i] / gradient[j] - 1) < 1e-3) return;
            Interlocked.Increment(ref judged);
            var result = Check(f, x, wrong);
            Assert.False(result.IsCorrect, $"{corruption}: {result.Message}");
            Assert.Equal(GradientVerdict.Wrong, result.Components[i].Verdict);
            Assert.True(corruption == "swapped" || result.WorstComponent == i);
        });
        Assert.True(judged > 80, $"{judged} of 100 were judged");
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    public void Variables_in_small_units_are_judged_as_exactly(double metre)
    {
        double F(Vector x) => (x[0] - 3 * metre) * (x[0] - 3 * metre) / metre;
        var x = new Vector(metre);
        Passes(Check(F, x, new(-4.0)));
        Assert.False(Check(F, x, new(-4.0001)).IsCorrect);
    }

    [Fact]
    public void One_small_component_is_judged_by_itself()
    {
        static double F(Vector x) => 1e3 * x[0] * x[0] + 1e-3 * double.Sin(x[1]);
        var x = new Vector(1, 1);
        var right = new Vector(2e3, 1e-3 * double.Cos(1));
        Passes(Check(F, x, right));
        var result = Check(F, x, right.With(1, -right[1]));
        Assert.False(result.IsCorrect, result.Message);
        Assert.Equal(1, result.WorstComponent);
    }

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_exact_gradients_of_the_test_problems_pass_at_their_starts_and_at_their_solutions(string name)
    {
        var (problem, _, minimiser) = TestProblems.All[name];
        var start = GradientCheck.Measure(problem);
        Passes(start);
        Assert.Equal(GradientSource.Exact, start.Source);
        if (minimiser is not null) Passes(GradientCheck.Measure(problem.StartingAt(minimiser)));
    }

    [Fact]
    public void Differences_with_one_step_pass_too_and_are_called_that()
    {
        foreach (var (problem, _, minimiser) in TestProblems.All.Values)
        {
            var result = GradientCheck.Measure(problem, new() { Derivative = DerivativeSource.FiniteDifference });
            Passes(result);
            Assert.Equal(GradientSource.FiniteDifference, result.Source);
        }

        Assert.Equal(GradientSource.FiniteDifference, Check0(x => x[0] * x[0], 3).Source);
    }

    static GradientError Check0(Func<Vector, double> f, params double[] x) =>
        GradientCheck.Measure(new("f", null, DelegateMap.Scalar(f), new(x)));

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-12)]
    [InlineData(-1e-7)]
    public void At_and_near_a_stationary_point_a_right_gradient_passes(double offset)
    {
        var x = new Vector(1 + offset, -2);
        Passes(Check(v => double.Pow(v[0] - 1, 2) + double.Pow(v[1] + 2, 4), x, new(2 * (x[0] - 1), 0)));
        Passes(Check(v => v[0] * v[0] - 2 * v[0] + 1 + v[1], x, new(2 * x[0] - 2, 1))); // the same, with cancellation
        Assert.False(Check(v => double.Pow(v[0] - 1, 2) + v[1], x, new(2 * (x[0] - 1) + 1e-3, 1)).IsCorrect);
    }

    [Fact]
    public void No_point_outside_the_bounds_is_evaluated_and_gradients_there_are_judged_from_inside() =>
        Gen.Select(Functions, Gen.Int[0, 3].Select(k => new[] { 0, 1e-9, 1e-3, 0.4 }[k]),
            Gen.Int[0, 2].Select(k => new[] { 1e-2, 1, double.PositiveInfinity }[k])).Sample((at, room, other) =>
        {
            var (f, x, gradient) = Scaled(at.Function, at.U, [1, 1, 1], 1);
            var (lower, upper) = (new Vector(x.Select(value => value - room)), new Vector(x.Select(value => value + other)));
            Passes(Check(Inside, x, gradient, 1e-5, lower, upper));
            Assert.False(Check(Inside, x, gradient.AddScaled(0.01, new Vector(1, 1, 1)), 1e-5, lower, upper).IsCorrect);

            double Inside(Vector v)
            {
                Assert.Equal(v, v.Clamp(lower, upper));
                return f(v);
            }
        });

    [Fact]
    public void The_evaluations_are_those_that_were_made()
    {
        var watch = new Watch();
        var problem = Runs.Objective(watch.Values(DelegateMap.Scalar(x => double.Exp(x[0]) * double.Sin(x[1]))), 1, 2);
        var result = GradientCheck.Measure(problem,
            new() { Gradient = DelegateMap.Create(x => new(double.Exp(x[0]) * double.Sin(x[1]), double.Exp(x[0]) * double.Cos(x[1]))) });
        Passes(result);
        Assert.Equal(watch.Points.Count, result.Evaluations);
        Assert.InRange(result.Evaluations, 10, 80);
    }

    [Fact]
    public void What_is_no_value_or_no_gradient_is_an_error()
    {
        var length = Assert.Throws<EvaluationException>(() => Check(x => x[0] * x[1], new(1, 2), new(1.0)));
        Assert.Equal("GradientLengthChanged", length.ErrorId);
        Assert.Equal("ValueNotFinite", Assert.Throws<EvaluationException>(() => Check(_ => double.NaN, new(1.0), new(1.0))).ErrorId);
        Assert.Equal("ValueNotFinite", Assert.Throws<EvaluationException>(() => Check(x => double.Log(x[0]), new(0.0), new(1.0))).ErrorId);
        Assert.Equal("DerivativesNotExact", Assert.Throws<ProblemException>(() => GradientCheck.Measure(
            Runs.Objective(DelegateMap.Scalar(x => x[0]), 1), new() { Derivative = DerivativeSource.Traced })).ErrorId);
    }

    [Fact]
    public void A_check_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var watch = new Watch { Before = x => stop.Cancel() };
        Assert.Throws<OperationCanceledException>(() => GradientCheck.Measure(
            Runs.Objective(watch.Values(DelegateMap.Scalar(x => x[0])), 1), token: stop.Token));
        Assert.Single(watch.Points);
    }
}
