using PhysOpt.Functions;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Starts from which a method sees nothing of its data, or an overflow: what it goes to is found, or not called a minimum.</summary>
public class LostStartTests
{
    static readonly double[] At = [.. Enumerable.Range(-20, 41)];

    static double Peak(double t, Vector x) => x[0] * double.Exp(-(t - x[1]) * (t - x[1]) / (2 * x[2] * x[2])) + x[3];

    static OptimizationProblem Fit(Func<double, Vector, double> model, Vector of, Vector start) => new(
        "Fit", DelegateMap.Create(x => new Vector(At.Select(t => model(t, x)))), new SquaredDistance(new Vector(At.Select(t =>
            model(t, of)))), start);

    [Theory]
    [InlineData(4, 33, 1)]
    [InlineData(4, -60, 1)]
    [InlineData(1, 200, 3)]
    [InlineData(4, 33, 0.1)]
    [InlineData(1e-3, 60, 1)]
    [InlineData(2, 25, 0.5)]
    public void A_peak_whose_four_unknowns_begin_far_from_its_data_is_found(double height, double centre, double width)
    {
        var result = new MinimumSearch().Find(Fit(Peak, new(5, 3, 1, 2), new(height, centre, width, 1)));
        Assert.True(result.IsConverged && result.Loss < 1e-18, result.Message);
    }

    [Theory]
    [InlineData(2, 25, 0.5, 0)]
    [InlineData(-3, 40, 2, 5)]
    [InlineData(1e-3, 60, 1, 0)]
    public void A_fit_that_has_lost_its_data_ends_no_higher_than_without_a_peak(double height, double centre, double width, double level)
    {
        var problem = Fit(Peak, new(5, 3, 1, 2), new(height, centre, width, level));
        var data = new Vector(At.Select(t => Peak(t, new(5, 3, 1, 2))));
        var mean = data.Sum() / data.Count;
        Assert.InRange(new MinimumSearch().Find(problem).Loss, 0, (1 + 1e-9) * data.Sum(each => (each - mean) * (each - mean)));
    }

    [Fact]
    public void A_place_of_the_searchs_own_choice_has_to_earn_its_loss()
    {
        // a plateau of -1 to the left, and a minimum of 0.5 at 3: what is lower stands
        double F(double x) => x < 0 ? -1 : 0.5 + double.Pow(double.Min(x - 3, 1), 2);
        var result = new MinimumSearch().Find(Runs.Objective(DelegateMap.Scalar(x => F(x[0])), -2));
        Assert.True(result.Loss <= -1, result.Message);
    }

    [Theory]
    [InlineData(3, 10, -200)]
    [InlineData(1, 5, 100)]
    public void A_step_of_a_sigmoid_is_found_from_its_plateau(double height, double steepness, double centre)
    {
        double Step(double t, Vector x) => x[0] / (1 + double.Exp(-x[1] * (t - x[2])));
        var result = new MinimumSearch().Find(Fit(Step, new(4, 2, 7), new(height, steepness, centre)));
        Assert.True(result.IsConverged && result.Loss < 1e-18, result.Message);
    }

    [Fact]
    public void A_resonance_is_found_from_far_away()
    {
        double Resonance(double t, Vector x) => x[0] / (1 + double.Pow((t - x[1]) / x[2], 2)) + x[3];
        var result = new MinimumSearch().Find(Fit(Resonance, new(3, 12, 1.5, 0.5), new(1, 1e4, 1, 0)));
        Assert.True(result.IsConverged && result.Loss < 1e-18, result.Message);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1000)]
    [InlineData(10, -5)]
    [InlineData(1, 0)]
    public void A_decay_is_found_from_a_growth_that_overshoots_and_from_one_that_is_over_at_once(double height, double rate)
    {
        double Decay(double t, Vector x) => x[0] * double.Exp(-x[1] * (t + 20)) + x[2];
        var result = new MinimumSearch().Find(Fit(Decay, new(4, 0.3, 1), new(height, rate, 0)));
        Assert.True(result.IsConverged && result.Loss < 1e-18, result.Message);
    }

    [Theory]
    [InlineData("Lbfgs")]
    [InlineData("TrustRegion")]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData(null)]
    public void Losses_whose_squares_overflow_are_no_error_and_no_success(string? name)
    {
        // exp(5 t) up to t = 40 in place of exp(-0.3 t): 1e175 at the start, with slopes of 1e178
        double[] at = [.. Enumerable.Range(0, 41)];
        double Off(double t, Vector x) => x[0] * double.Exp(-x[1] * t) + x[2] - 4 * double.Exp(-0.3 * t) - 1;
        var map = DelegateMap.Scalar(
            x => at.Sum(t => double.Pow(Off(t, x), 2)),
            x => new(
                at.Sum(t => 2 * Off(t, x) * double.Exp(-x[1] * t)), at.Sum(t => -2 * t * Off(t, x) * x[0] * double.Exp(-x[1] * t)),
                at.Sum(t => 2 * Off(t, x))));
        var problem = Runs.Objective(map, 10, -5, 0);
        var result = new MinimumSearch { Method = name is null ? null : MethodRegistry.Require(name) }.Find(problem);
        Assert.True(!result.IsConverged || result.Loss < 30, result.Message);
        Assert.True(double.IsFinite(result.Loss));
    }
}
