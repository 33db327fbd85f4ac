using PhysOpt.Analysis;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Pictures;
using PhysOpt.Problems;

namespace PhysOpt.Tests;

/// <summary>Names of variables: how values are given by them, and who carries them on.</summary>
public class VariableNamesTests
{
    static readonly VariableNames Names = new(["speed", "angle"]);
    static readonly OptimizationProblem Gallery = Runs.ThreeSpaces;
    static readonly OptimizationProblem Named = new("Named", Gallery.Physics, Gallery.Loss, new(3, 3), solution: new(0, 0),
        variables: Names);

    static ProblemException Refused(Action action) => Assert.Throws<ProblemException>(action);

    static Vector Arrange(double? missing, params (string Name, double Value)[] values) =>
        Names.Arrange(values.Select(value => KeyValuePair.Create(value.Name, value.Value)), "InitialGuess", missing);

    [Fact]
    public void Values_by_name_take_the_order_of_the_variables()
    {
        Assert.Equal(new(16, 0.8), Arrange(null, ("angle", 0.8), ("SPEED", 16)));
        Assert.Equal(new(double.PositiveInfinity, 0.8), Arrange(double.PositiveInfinity, ("Angle", 0.8)));
        Assert.Equal((0, 1, -1), (Names.IndexOf("Speed"), Names.IndexOf("angle"), Names.IndexOf("x")));
    }

    [Fact]
    public void A_name_that_is_no_variable_is_refused_with_the_nearest_one()
    {
        var typo = Refused(() => Arrange(null, ("sped", 16), ("angle", 0.8)));
        Assert.Equal(("InitialGuessNameUnknown", true),
            (typo.ErrorId, typo.Message.Contains("Did you mean 'speed'?", StringComparison.Ordinal)));
        var stranger = Refused(() => Arrange(null, ("height", 16)));
        Assert.Equal(("InitialGuessNameUnknown", false),
            (stranger.ErrorId, stranger.Message.Contains("Did you mean", StringComparison.Ordinal)));
        Assert.Contains("speed, angle", stranger.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_left_out_are_all_told()
    {
        var missing = Refused(() => Arrange(null));
        Assert.Equal("InitialGuessNameMissing", missing.ErrorId);
        Assert.Contains("'speed', 'angle'", missing.Message, StringComparison.Ordinal);
        Assert.Equal("InitialGuessNameTwice", Refused(() => Arrange(null, ("speed", 1), ("Speed", 2), ("angle", 1))).ErrorId);
    }

    [Theory]
    [InlineData("sped", "speed")]
    [InlineData("anlge", "angle")]
    [InlineData("SPEEDS", "speed")]
    [InlineData("k", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_a_slip_of_the_keyboard_away(string typed, string? nearest) =>
        Assert.Equal(nearest, NearestName.Of(typed, Names));

    [Fact]
    public void Names_are_distinct_and_not_empty()
    {
        Assert.Equal("VariableNameTwice", Refused(() => _ = new VariableNames(["speed", "Speed"])).ErrorId);
        Assert.Equal("VariableNameEmpty", Refused(() => _ = new VariableNames(["speed", " "])).ErrorId);
        Assert.Equal("VariableNameEmpty", Refused(() => _ = new VariableNames([])).ErrorId);
        Assert.Equal(Names, new VariableNames(["Speed", "ANGLE"]));
        Assert.NotEqual(Names, new VariableNames(["angle", "speed"]));
    }

    [Fact]
    public void A_problem_has_as_many_names_as_numbers_and_calls_its_variables_by_them()
    {
        var wrong = Refused(() => _ = new OptimizationProblem("Wrong", null, Gallery.Loss, new(1, 2, 3), variables: Names));
        Assert.Equal("InitialGuessLengthMismatch", wrong.ErrorId);
        var crossed = Refused(() =>
            _ = new OptimizationProblem("Wrong", null, Gallery.Loss, new(1, 2), lowerBound: new(0, 3), upperBound: new(1, 2),
            variables: Names));
        Assert.Equal(("BoundsCrossed", true), (crossed.ErrorId, crossed.Message.Contains("'angle'", StringComparison.Ordinal)));
        Assert.Contains("'speed'", Refused(() => Named.StartingAt(new(double.NaN, 1))).Message, StringComparison.Ordinal);
        Assert.Same(Names, Named.StartingAt(new(1, 2)).Variables);
    }

    [Fact]
    public void Records_summaries_and_inverses_carry_the_names()
    {
        var records = Optimizer.Run(Named, new Newton(1.0 / 3), Runs.Exactly(3)).ToList();
        Assert.All(records, record => Assert.Same(Names, record.Variables));
        Assert.Same(Names, Trajectory.Summarise(records).Variables);
        Assert.Same(Names, Optimizer.Run(Named, new Newton(1.0 / 3), Runs.Exactly(2) with { ResumeFrom = records[^1] }).Last().Variables);
        var inverse = new NumericInverse(InverseMethod.Lbfgs)
            .Find(Named.Physics!, new(2, 2), new(3, 3), variables: Named.Variables, token: TestContext.Current.CancellationToken);
        Assert.Same(Names, inverse.Variables);
    }

    [Fact]
    public void A_picture_names_its_axes_as_all_its_runs_do()
    {
        Assert.Equal(("speed", "angle"), Axes(new(), Named));
        Assert.Equal(("angle", "loss"), Axes(new() { Components = [1] }, Named));
        Assert.Equal(("y0", "y1"), Axes(new() { Space = PlotSpace.Y }, Named));
        Assert.Equal(("x0", "x1"), Axes(new(), Named, Gallery));

        static (string, string) Axes(PictureOptions options, params OptimizationProblem[] problems)
        {
            var builder = new PictureBuilder(options);
            foreach (var record in problems.SelectMany(problem => Optimizer.Run(problem, new GradientDescent(0.01), Runs.Exactly(3))))
                builder.Add(record);
            var picture = builder.Build(new(), TestContext.Current.CancellationToken);
            return (picture.HorizontalLabel, picture.VerticalLabel);
        }
    }

    [Fact]
    public void A_gradient_check_names_the_worst_component()
    {
        var error = GradientCheck.Measure(
            Named, new() { Gradient = Functions.DelegateMap.Create(x => new Vector(2 * x[0], 1)) },
                token: TestContext.Current.CancellationToken);
        Assert.Contains("'angle' is 1", error.Message, StringComparison.Ordinal);
    }
}
