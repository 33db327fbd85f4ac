using System.Xml.Linq;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>
/// What Format-List shows of what is a table by default. The hosted engine has no Format-List: a module that comes first brings the list
/// views of the module's own format file, without the tables.
/// </summary>
public sealed class ListViewTests : IAsyncLifetime
{
    const string Sum = "{ param($x) $s = 0.0; foreach ($v in $x) { $s += $v * $v }; $s }";

    static readonly (string Name, string Command)[] Commands =
    [
        ("record", "(Invoke-GradientDescent ThreeSpaces -Iterations 1)[1]"),
        ("record of many", $"(Invoke-GradientDescent -Objective {Sum} -InitialGuess (1..40) -Iterations 1)[1]"),
        ("record of one", $"(Invoke-Lbfgs -Objective {Sum} -InitialGuess 2)[-1]"),
        ("unbounded", "(Invoke-GradientDescent Rosenbrock -Eta 1 -WarningAction Ignore)[-1]"),
        ("summary", "Invoke-NewtonStep ThreeSpaces -Iterations 2 | Measure-Trajectory"),
        ("comparison", "Compare-Optimizer ThreeSpaces GaussNewton -LossTarget 1 -MaxIterations 5"),
        ("comparison without", "Compare-Optimizer ThreeSpaces GaussNewton -LossTarget 1e-300 -MaxIterations 2"),
        ("problem", $"New-OptimizationProblem Mine -Objective {Sum} -InitialGuess (1..9) -LowerBound (,0 * 9)"),
    ];

    static readonly Lazy<Task<Dictionary<string, string[]>>> Views = new(ShowAsync);

    Dictionary<string, string[]> views = [];

    public async ValueTask InitializeAsync() => views = await Views.Value;

    public ValueTask DisposeAsync() => default;

    [Fact]
    public void A_record_has_its_vectors_and_its_time_in_units()
    {
        Assert.Equal("Method              : GradientDescent", views["record"][0]);
        Assert.Equal("Problem             : ThreeSpaces", views["record"][1]);
        Assert.Contains("Loss                : 22.233145", views["record"]);
        Assert.Contains("X                   : 2.94 1.92", views["record"]);
        Assert.Contains("Y                   : 2.94 3.6864", views["record"]);
        Assert.Contains("Step                : -0.06 -1.08", views["record"]);
        Assert.Single(views["record"], line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^Elapsed             : \d+\.\d+ m?s$"));
        Assert.Equal("Status              : IterationLimit", views["record"][^1]);
    }

    [Fact]
    public void Long_vectors_are_shown_by_their_first_numbers()
    {
        Assert.Contains("X                   : 40 numbers: 0.98 1.96 2.94 ...", views["record of many"]);
        Assert.Contains("Gradient            : 40 numbers: 1.96 3.92 5.88 ...", views["record of many"]);
        Assert.Contains("InitialGuess : 9 numbers: 1 2 3 ...", views["problem"]);
        Assert.Contains("LowerBound   : 9 numbers: 0 0 0 ...", views["problem"]);
        Assert.DoesNotContain(views["problem"], line => line.StartsWith("UpperBound", StringComparison.Ordinal));
    }

    [Fact]
    public void A_vector_of_one_zero_is_shown_like_any_other() => Assert.Contains("X                   : 0", views["record of one"]);

    [Fact]
    public void A_summary_has_its_best_and_its_last_point()
    {
        Assert.Contains("BestIteration      : 2", views["summary"]);
        Assert.Contains(views["summary"], line => line.StartsWith("BestX  ", StringComparison.Ordinal)
            && line.EndsWith(" 1.33333333", StringComparison.Ordinal));
    }

    [Fact]
    public void A_comparison_says_whether_and_when_the_target_was_reached()
    {
        Assert.Contains(views["comparison"], line => line.StartsWith("Target                : reached after ", StringComparison.Ordinal)
            && line.EndsWith(" ms", StringComparison.Ordinal));
        Assert.Contains("Target                : not reached", views["comparison without"]);
    }

    [Fact]
    public void Nothing_shows_the_name_of_a_type_or_is_too_wide() => Assert.All(views.Values.SelectMany(lines => lines), line =>
    {
        Assert.InRange(line.Length, 1, 100);
        Assert.DoesNotContain("System.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("PhysOpt.", line, StringComparison.Ordinal);
    });

    static async Task<Dictionary<string, string[]>> ShowAsync()
    {
        using var program = new PowerShellProcess();
        var format = XDocument.Load(RepositoryRoot.PathOf("bin", "PhysOpt.Format.ps1xml"));
        format.Descendants("View").Where(view => view.Element("TableControl") is not null).Remove();
        format.Save(Path.Combine(program.Folder, "Lists.Format.ps1xml"));
        program.Script("Lists.psd1", "@{ ModuleVersion = '1.0'; FormatsToProcess = @('Lists.Format.ps1xml') }");
        program.Script("show.ps1", "Import-Module ./Lists.psd1\n" + PowerShellProcess.ImportModule
            + string.Join('\n', Commands.Select(command => $"'### {command.Name}' | Out-Host; {command.Command} | Out-Host")));
        var run = await program.RunAsync("show.ps1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return Sections.Of(run.Lines);
    }
}
