using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Plotting;

/// <summary>Show-Trajectory as users call it. The tests' output is no terminal.</summary>
public sealed class ShowTrajectoryTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Descent = "Invoke-GradientDescent ThreeSpaces -Eta 0.01 -Iterations 10";
    const string Newton = "Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations 10";

    [Fact]
    public void Where_there_is_no_terminal_it_draws_with_plain_characters()
    {
        var lines = module.Texts($"{Descent} | Show-Trajectory");
        Assert.Equal(24, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length <= 80 && line.All(char.IsAscii), line));
        Assert.Equal("x1   ThreeSpaces", lines[0]);
        Assert.Equal("* GradientDescent   S start   X solution", lines[^1]);
    }

    [Fact]
    public void Points_are_where_their_values_are()
    {
        // the start (3, 3) is the highest and rightmost point, the solution (0, 0) the lowest and leftmost
        var lines = module.Texts($"{Newton} | Show-Trajectory -Width 60 -Height 20");
        var (start, solution) = (Find('S'), Find('X'));
        Assert.True(start.Row < solution.Row && start.Column > solution.Column);
        Assert.Equal(9, lines[1..^3].Sum(line => line.Count(character => character == '*')), 2.0); // two points may share a character

        (int Row, int Column) Find(char mark) =>
            lines[1..^3].Select((line, row) => (row, line.IndexOf(mark))).Single(place => place.Item2 >= 0);
    }

    [Theory]
    [InlineData("-Space Y", "y1   ThreeSpaces: y space", "y0")]
    [InlineData("-Space Loss", "loss   ThreeSpaces", "iteration")]
    [InlineData("-Against Evaluations", "loss   ThreeSpaces", "evaluations")]
    [InlineData("-Component 1 -Title ''", "loss", "x1")]
    public void Axes_say_what_they_show(string parameters, string heading, string horizontal)
    {
        var lines = module.Texts($"{Newton} | Show-Trajectory {parameters}");
        Assert.Equal(heading, lines[0]);
        Assert.EndsWith(horizontal, lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void With_OutputRendering_Ansi_it_draws_in_braille_and_colours_which_Plain_forbids()
    {
        var noColour = Environment.GetEnvironmentVariable("NO_COLOR"); // the runner of the tests may have set it
        try
        {
            Environment.SetEnvironmentVariable("NO_COLOR", null);
            var lines = module.Texts($"$PSStyle.OutputRendering = 'Ansi'; @({Descent}; {Newton}) | Show-Trajectory -Width 60");
            Assert.Contains(lines, line => line.Contains("\e[38;", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Any(character => character is > '\u2800' and <= '\u28FF'));
            Assert.DoesNotContain(module.Texts($"{Newton} | Show-Trajectory -Plain"), line =>
                line.Any(character => !char.IsAscii(character) || character == '\e'));
        }
        finally
        {
            module.Run("$PSStyle.OutputRendering = 'Host'");
            Environment.SetEnvironmentVariable("NO_COLOR", noColour);
        }
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.StartsWith("NoRecords,", module.Error("@() | Show-Trajectory").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("ComponentOutOfRange,", module.Error($"{Newton} | Show-Trajectory -Component 0,5").FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.StartsWith("ParameterArgumentValidationError,", module.Error($"{Newton} | Show-Trajectory -Width 5").FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Long_states_are_lines_per_iteration() => Assert.Contains(
        module.Texts("Invoke-GradientDescent -Objective { param($x) $s = 0; foreach ($v in $x) { $s += $v * $v }; $s } -InitialGuess " +
            "(1..20) -Eta 0.1 -Iterations 9 | Show-Trajectory"),
        line => line.Contains("iteration 9", StringComparison.Ordinal));
}
