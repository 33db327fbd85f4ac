using System.Text.RegularExpressions;
using System.Xml.Linq;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What a user sees in a window of 100 columns, in a process of its own.</summary>
public sealed partial class FormatTests : IAsyncLifetime
{
    /// <summary>Each command by itself, as at a prompt; one process for all.</summary>
    static readonly (string Name, string Command)[] Commands =
    [
        ("records", "Invoke-GradientDescent ThreeSpaces -Iterations 3"),
        ("no gradient", "Invoke-InverseSimulator ThreeSpaces -Eta 0.3 -Iterations 1"),
        ("two runs", "'ThreeSpaces', 'Rosenbrock' | Invoke-NewtonStep -Iterations 1"),
        ("wide", "Invoke-GradientDescent -Objective { param($x) $s = 0.0; foreach ($v in $x) { $s += $v * $v }; -1e-200 * $s } " +
            "-InitialGuess (1..40) -Iterations 1 -GradientTolerance 1e-8"),
        ("large", "Invoke-GradientDescent Rosenbrock -Eta 1 -WarningAction Ignore"),
        ("alignments", "Invoke-GradientDescent ThreeSpaces -Iterations 3 | Measure-DiagonalAlignment"),
        ("summaries", "Invoke-InverseSimulator ThreeSpaces -Eta 0.3 -Iterations 10 | Measure-Trajectory"),
        ("large summary", "Invoke-GradientDescent Rosenbrock -Eta 1 -WarningAction Ignore | Measure-Trajectory"),
        ("comparison", "$a = Invoke-GradientDescent ThreeSpaces -Iterations 3; $b = Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations " +
            "3; Compare-Trajectory $a $b"),
        ("optimizers", "Compare-Optimizer ThreeSpaces GradientDescent, GaussNewton, InverseSimulator -LearningRate @{ InverseSimulator = " +
            "0.3 } -MaxIterations 10"),
        ("problems", "Get-OptimizationProblem"),
        ("own problem", "New-OptimizationProblem 'Mine' -Physics { param($x) $x } -InitialGuess (1..20)"),
        ("inverse", "Find-NumericInverse -Problem ThreeSpaces -Target 2,2"),
        ("minimum", "Find-Minimum Rosenbrock"),
        ("minimum of many", "Find-Minimum -Objective { param($x) $s = 0.0; foreach ($v in $x) { $s += ($v - 1.23456789012) * ($v - " +
            "1.23456789012) }; $s } -InitialGuess (1..40)"),
        ("gradient error", "Measure-GradientError { param($x) $x[0] * $x[1] } 2,3 -Gradient { param($x) $x[1], (2 * $x[0]) }"),
        ("gradient components", "(Measure-GradientError { param($x) $x[0] + [Math]::Abs($x[1]) } 1,0 -Gradient { -1.23456789e-100, 1 } " +
            "-WarningAction Ignore).Components"),
        ("jacobian", "Get-Jacobian -Problem ThreeSpaces"),
        ("hessian", "Get-Hessian -Problem ThreeSpaces"),
        ("one component", "Invoke-GradientDescent -Objective { param($x) ($x[0] - 1) * ($x[0] - 1) } -InitialGuess 4 -LearningRate 0.1 " +
            "-Iterations 1"),
        ("tiny", "Invoke-NewtonStep -Objective { param($x) 1e-300 * $x[0] * $x[0] - 1e100 * $x[1] } -InitialGuess -1.23456789e-100, " +
            "-1.23456789e-200 -WarningAction Ignore"),
        ("not a number", "Invoke-GradientDescent -Objective { param($x) [Math]::Log($x[0]) } -InitialGuess 0.01 -LearningRate 10 " +
            "-WarningAction Ignore"),
        ("long names", "'HalfInverseGradient', 'LevenbergMarquardt' | ForEach-Object { & \"Invoke-$_\" Rosenbrock -WarningAction Ignore " +
            "} | Measure-Trajectory"),
        ("long alignment", "Invoke-HalfInverseGradient ThreeSpaces -Iterations 1 | Measure-DiagonalAlignment"),
        ("rates", "Compare-Optimizer Rosenbrock GradientDescent, Adam, HalfInverseGradient -LearningRate @{ GradientDescent = " +
            "0.000123456; Adam = 123456.7 } -MaxIterations 100000 -WarningAction Ignore"),
        ("long problem", "New-OptimizationProblem 'A name that is rather long' -Objective { param($x) $x[0] * $x[1] } -InitialGuess " +
            "-1.23456789e-100, 2 -Solution -1.23456789e-100, 2"),
        ("long inverse", "Find-NumericInverse { param($x) $x } -Target (1..20) -InitialGuess (2..21)"),
        ("long gradient error", "Measure-GradientError { param($x) $s = 0.0; foreach ($v in $x) { $s += $v * $v }; $s } (1..20)"),
        ("german", "[cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE'); Invoke-GradientDescent ThreeSpaces " +
            "-Iterations 1"),
    ];

    static readonly Lazy<Task<Dictionary<string, string[]>>> Views = new(ShowAsync);

    Dictionary<string, string[]> views = [];

    public async ValueTask InitializeAsync() => views = await Views.Value;

    public ValueTask DisposeAsync() => default;

    [Fact]
    public void No_line_is_longer_than_100_columns() =>
        Assert.All(views.Values.SelectMany(lines => lines), line => Assert.InRange(line.Length, 0, 100));

    [Fact]
    public void No_view_shows_the_name_of_a_type() => Assert.All(
        views.Values.SelectMany(lines => lines),
        line =>
        {
            Assert.DoesNotContain("System.", line, StringComparison.Ordinal);
            Assert.DoesNotContain("PhysOpt.", line, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_command_shows_something() => Assert.All(Commands, command => Assert.NotEmpty(views[command.Name]));

    [Fact]
    public void Records_are_rows_below_the_name_of_their_run()
    {
        Assert.Equal("Method: GradientDescent on ThreeSpaces, run 0", views["records"][0].Trim());
        Assert.Equal(["Iter", "Loss", "X", "Gradient", "Step", "Evals", "Status"], Words("records", 1));
        Assert.Equal(["0", "90", "3", "3", "108", "1", "Running"], Words("records", 3));
        Assert.Equal(["1", "22.23314", "2.94", "1.92", "28.31", "1.082", "2", "Running"], Words("records", 4));
        Assert.Equal(["3", "12.53438", "2.823576", "1.46145", "12.49", "0.1847", "4", "IterationLimit"], Words("records", 6));
        Assert.Equal(7, views["records"].Length);
    }

    [Fact]
    public void A_minimum_is_a_list_that_ends_with_the_message()
    {
        var text = string.Join(' ', views["minimum"].Select(line => line.Trim()));
        Assert.Matches(@"X +: (1|0\.99999999\d) (1|0\.99999999\d) Loss", text);
        Assert.Matches(@"Status +: GradientTolerance +Method +: LevenbergMarquardt", text);
        Assert.Matches(@"Message +: LevenbergMarquardt on 'Rosenbrock' ended after iteration", text);
        Assert.Contains(views["minimum of many"], line =>
            line.EndsWith("40 numbers: 1.23456789 1.23456789 1.23456789 ...", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_look_the_same_in_every_culture() =>
        Assert.Equal(["1", "22.23314", "2.94", "1.92", "28.31", "1.082", "2", "IterationLimit"], Words("german", 4));

    [Fact]
    public void What_a_method_does_not_know_stays_empty() =>
        Assert.Equal(["1", "44.1", "2.1", "2.50998", "1.025", "2", "IterationLimit"], Words("no gradient", 4));

    [Fact]
    public void A_second_run_has_a_head_of_its_own() =>
        Assert.Contains("Method: Newton on Rosenbrock, run 1", views["two runs"].Select(line => line.Trim()));

    [Fact]
    public void The_status_is_readable_whatever_comes_before_it()
    {
        Assert.EndsWith("GradientTolerance", views["wide"][^1], StringComparison.Ordinal);
        Assert.EndsWith("NonFinite", views["large"][^1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_loss_is_cut_off() =>
        Assert.All(views["wide"].Skip(3), line => Assert.DoesNotContain("…", line[..24], StringComparison.Ordinal));

    [Fact]
    public void An_alignment_is_one_row() =>
        Assert.Equal(["GradientDescent", "0", "1", "1.05393", "1.414214", "0.7452413"], Words("alignments", 2));

    [Fact]
    public void A_summary_is_one_row()
    {
        var words = Words("summaries", 2);
        Assert.Equal(["InverseSimulator", "0", "10", "0.071813", "0.51128"], words[..5]);
        Assert.StartsWith("3.922", words[5], StringComparison.Ordinal);
        Assert.Equal(["0.97844", "11", "IterationLimit"], words[6..]);
    }

    [Fact]
    public void No_number_of_a_summary_is_cut_off() => Assert.DoesNotContain("…", views["large summary"][2], StringComparison.Ordinal);

    [Fact]
    public void A_comparison_is_one_row()
    {
        Assert.Equal(["MeanAbsoluteError", "MaxAbsoluteError", "MaxAtIteration", "Iterations"], Words("comparison", 0));
        Assert.Equal(["3", "4"], Words("comparison", 2)[2..]);
    }

    [Fact]
    public void An_optimizer_is_one_row_below_the_name_of_the_problem()
    {
        Assert.Equal("Problem: ThreeSpaces", views["optimizers"][0].Trim());
        Assert.Equal(["Method", "Rate", "From", "Iter", "FinalLoss", "Evals", "Status", "Distance", "Step1"], Words("optimizers", 1));
        Assert.Equal(["GradientDescent", "0.009287", "equal", "10", "7.179", "11", "IterationLimit", "2.68", "1.005"],
            Words("optimizers", 3));
        Assert.Equal(["InverseSimulator", "0.3", "given", "10", "0.07181", "11", "IterationLimit", "0.5113", "1.025"],
            Words("optimizers", 5));
    }

    [Fact]
    public void Rates_losses_evaluations_and_status_of_optimizers_have_room_in_80_columns() =>
        Assert.InRange(views["optimizers"][1].IndexOf("Status", StringComparison.Ordinal), 1, 80 - "GradientTolerance".Length);

    [Fact]
    public void A_problem_shows_its_start_and_solution() => Assert.Contains(
        views["problems"], line =>
            line.StartsWith("ThreeSpaces", StringComparison.Ordinal) && line.Contains("3 3", StringComparison.Ordinal));

    [Fact]
    public void A_problem_is_one_row_however_much_there_is_to_say_about_it()
    {
        Assert.Equal(3, views["own problem"].Length);
        Assert.All(views["problems"].Skip(2), line => Assert.False(char.IsWhiteSpace(line[0]), line));
    }

    [Fact]
    public void An_inverse_is_a_list_with_its_message()
    {
        Assert.Contains("X            : 2 1.41421356", views["inverse"]);
        Assert.Contains(views["inverse"], line => line.StartsWith("Message      : Found in ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gradient_error_is_a_list_with_its_message()
    {
        Assert.Contains("WorstComponent : 1", views["gradient error"]);
        Assert.Contains(views["gradient error"], line =>
            line.StartsWith("Message        : 1 of 2 components is wrong", StringComparison.Ordinal));
    }

    [Fact]
    public void The_components_of_a_gradient_are_rows_with_their_verdict()
    {
        Assert.Equal("-1.234568E-100", Words("gradient components", 2)[1]);
        Assert.Equal("Wrong", Words("gradient components", 2)[^1]);
        Assert.EndsWith("Undecided the function has a kink", views["gradient components"][3], StringComparison.Ordinal);
        Assert.Equal(["here: its slope is -1", "on the left and 1 on", "the right"],
            views["gradient components"][4..].Select(line => line.Trim()));
    }

    [Fact]
    public void Only_whole_numbers_of_a_long_point_are_shown()
    {
        Assert.Equal("4", Words("one component", 3)[2]);
        Assert.Equal(["Mine", "20", "1", "2", "3", "4", "5", "6", "…"], Words("own problem", 2));
        Assert.Equal(["-1.234568E-100", "…"], Words("tiny", 3)[2..4]);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "…"], Words("wide", 3)[2..14]);
        Assert.Equal("NonFinite", Words("not a number", 4)[^1]);
    }

    [Theory]
    [InlineData("long names")]
    [InlineData("long alignment")]
    [InlineData("rates")]
    public void No_name_no_number_and_no_status_is_cut_off(string view) =>
        Assert.All(views[view], line => Assert.DoesNotContain("…", line, StringComparison.Ordinal));

    [Fact]
    public void Numbers_that_are_too_long_lose_digits_and_nothing_else()
    {
        Assert.Equal("0.000123", Words("rates", 3)[1]);
        Assert.Equal("1.23E+05", Words("rates", 4)[1]);
    }

    [Fact]
    public void A_long_vector_in_a_list_is_its_first_numbers()
    {
        Assert.Contains("X            : 20 numbers: 1 2 3 ...", views["long inverse"]);
        Assert.Contains("Gradient       : 20 numbers: 2 4 6 ...", views["long gradient error"]);
        Assert.Contains(views["long gradient error"], line => line.StartsWith("ReferenceError : 20 numbers: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_problem_with_a_long_name_keeps_its_columns() =>
        Assert.EndsWith("    2 -1.2346E-100 2 -1.2346E-100 2", views["long problem"][2], StringComparison.Ordinal);

    [Fact]
    public void Only_a_status_without_convergence_has_the_colour_of_warnings()
    {
        // taken from the views, for where the output is no terminal the engine takes colours out
        var views = XDocument.Load(RepositoryRoot.PathOf("bin", "PhysOpt.Format.ps1xml"));
        var block = Assert.Single(views.Descendants("ScriptBlock").Select(block => block.Value)
            .Where(block => block.Contains("$PSStyle", StringComparison.Ordinal)).Distinct());
        using var module = new ModuleEngine();
        Assert.Equal(["Running", "\e[33;1mIterationLimit\e[0m"],
            module.Texts($"Invoke-NewtonStep ThreeSpaces -Iterations 1 -WarningAction Ignore | ForEach-Object {{ {block} }}"));
        Assert.Equal(["\e[31mIterationLimit\e[0m"],
            module.Texts($"$PSStyle.Formatting.Warning = \"`e[31m\"; try " +
            $"{{ Invoke-NewtonStep ThreeSpaces -Iterations 1 -WarningAction Ignore | Measure-Trajectory | ForEach-Object {{ {block} }} }} " +
            "finally { $PSStyle.Formatting.Warning = \"`e[33;1m\" }"));
        Assert.Equal(["LossTolerance"], module.Texts($"Invoke-Lbfgs ThreeSpaces | Measure-Trajectory | ForEach-Object {{ {block} }}"));
    }

    [Fact]
    public void A_time_has_its_unit() => Assert.Contains(views["minimum"], line => ElapsedLine().IsMatch(line));

    [Fact]
    public void A_matrix_is_its_rows()
    {
        Assert.Equal(["1  0", "0  6"], views["jacobian"]);
        Assert.Equal(["  2    0", "  0  108"], views["hessian"]);
    }

    string[] Words(string view, int line) => views[view][line].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static async Task<Dictionary<string, string[]>> ShowAsync()
    {
        using var program = new PowerShellProcess();
        program.Script("show.ps1",
            PowerShellProcess.ImportModule
            + string.Join('\n', Commands.Select(command => $"'### {command.Name}' | Out-Host; {command.Command} | Out-Host")));
        var run = await program.RunAsync("show.ps1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));

        return Sections.Of(run.Lines);
    }

    [GeneratedRegex(@"^Elapsed +: \d+\.\d+ m?s$")]
    private static partial Regex ElapsedLine();
}
