using PhysOpt.Analysis;
using PhysOpt.Pictures;
using PhysOpt.Solving;

namespace PhysOpt.Tests.Pictures;

/// <summary>The losses of a comparison in one picture: runs of all lengths, runs that go up, runs that differ in their rates.</summary>
public class LossPictureTests
{
    static Picture Draw(PlotAgainst against, PictureNotes? notes = null, params IEnumerable<IterationRecord>[] runs)
    {
        var builder = new PictureBuilder(new() { Space = PlotSpace.Loss, Against = against });
        foreach (var record in runs.SelectMany(run => run)) builder.Add(record);
        return builder.Build(notes ?? new(), TestContext.Current.CancellationToken);
    }

    static IterationRecord[] Run(string method, params double[] losses) =>
        [.. losses.Select((loss, k) => new IterationRecord
        {
            Method = method, Iteration = k, Loss = loss, Evaluations = k + 1, X = new Vector(k),
        })];

    static IterationRecord[] Falling(string method, int iterations) =>
        Run(method, [.. Enumerable.Range(0, iterations + 1).Select(k => double.Pow(2, -k))]);

    [Theory]
    [InlineData(99, false)] // 100 evaluations beside 10
    [InlineData(100, true)]
    public void A_run_of_ten_times_the_evaluations_of_another_makes_their_axis_logarithmic(int iterations, bool isLogarithmic)
    {
        var picture = Draw(PlotAgainst.Evaluations, null, Falling("Newton", 9), Falling("Adam", iterations));
        Assert.Equal(isLogarithmic, picture.IsLogarithmicAcross);
        var last = picture.Curves[1].Dots[^1].Horizontal;
        Assert.Equal(iterations + 1, isLogarithmic ? double.Pow(10, last) : last, 1e-9);
        Assert.False(Draw(PlotAgainst.Iteration, null, Falling("Newton", 9), Falling("Adam", iterations)).IsLogarithmicAcross);
    }

    [Fact]
    public void A_run_that_goes_up_leaves_at_the_upper_edge_and_hides_nothing_of_the_others()
    {
        var notes = new PictureNotes();
        var up = Run("GradientDescent", 90, 1e4, 1e8, 1e16, 1e32, 1e64);
        var picture = Draw(PlotAgainst.Evaluations, notes, up, Run("Newton", 90, 1, 0.01));
        Assert.Equal(5, picture.Frame.Top); // three decades above 100
        Assert.Equal([double.Log10(90), 4, 5], picture.Curves[0].Dots.Select(dot => dot.Vertical));
        Assert.Equal([double.Log10(90), 0, -2], picture.Curves[1].Dots.Select(dot => dot.Vertical));
        Assert.Contains("above 1E5 are beyond the upper edge: of GradientDescent run 0", Assert.Single(notes.Remarks),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_comes_back_from_above_is_seen_again()
    {
        var picture = Draw(PlotAgainst.Evaluations, null, Run("GradientDescent", 9, 1e9, 1e10, 1e11, 1e9, 3), Run("Newton", 9, 1));
        Assert.Equal([(1, double.Log10(9)), (2, 4), (5, 4), (6, double.Log10(3))],
            picture.Curves[0].Dots.Select(dot => (dot.Horizontal, dot.Vertical)));
    }

    [Fact]
    public void Where_all_go_up_all_of_it_is_shown()
    {
        var picture = Draw(PlotAgainst.Evaluations, null, Run("GradientDescent", 1, 1e9), Run("Adam", 1, 1e12));
        Assert.Equal(12, picture.Curves[1].Dots[^1].Vertical);
    }

    [Fact]
    public void Runs_of_one_method_in_a_comparison_are_called_by_their_rates()
    {
        var picture = Draw(PlotAgainst.Evaluations, null, Compared("Adam", 0.1, 0), Compared("Adam", 0.025, 1), Compared("Newton", 1, 2));
        Assert.Equal(["Adam, 0.1", "Adam, 0.025", "Newton"], picture.Curves.Select(curve => curve.Label));
        var same = Draw(PlotAgainst.Evaluations, null, Compared("Adam", 0.1, 0), Compared("Adam", 0.1, 1));
        Assert.Equal(["Adam 1", "Adam 2"], same.Curves.Select(curve => curve.Label));

        static IEnumerable<IterationRecord> Compared(string method, double rate, int run) =>
            new ComparedRun(MethodRegistry.Require(method), rate).Records(Runs.ThreeSpaces, Runs.Exactly(3) with { Run = run });
    }
}
