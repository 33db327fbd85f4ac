using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Find-Minimum as a user calls it: one result for each problem, with the method and its reason in words.</summary>
public sealed class FindMinimumTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Rosenbrock =
        "-Objective { param($x) 100 * [Math]::Pow($x[1] - $x[0] * $x[0], 2) + [Math]::Pow(1 - $x[0], 2) } -InitialGuess (-1.2, 1)";

    const string Wood = """
        -Physics { param($x)
            (10 * ($x[1] - $x[0] * $x[0])), (1 - $x[0]), ([Math]::Sqrt(90) * ($x[3] - $x[2] * $x[2])), (1 - $x[2]),
            ([Math]::Sqrt(10) * ($x[1] + $x[3] - 2)), (($x[1] - $x[3]) / [Math]::Sqrt(10))
        } -InitialGuess (-3, -1, -3, -1)
        """;

    const string PowellSingular = """
        -Physics { param($x)
            ($x[0] + 10 * $x[1]), ([Math]::Sqrt(5) * ($x[2] - $x[3])), [Math]::Pow($x[1] - 2 * $x[2], 2), ([Math]::Sqrt(10) * [Math]::Pow($x[0] - $x[3], 2))
        } -InitialGuess (3, -1, 0, 1)
        """;

    const string BrownDennis = """
        -Objective { param($x)
            $sum = 0.0
            foreach ($i in 1..20) {
                $t = $i / 5.0
                $a = $x[0] + $t * $x[1] - [Math]::Exp($t)
                $b = $x[2] + $x[3] * [Math]::Sin($t) - [Math]::Cos($t)
                $sum += [Math]::Pow($a * $a + $b * $b, 2)
            }
            $sum
        } -InitialGuess (25, 5, -5, -1)
        """;

    PSObject Find(string arguments) => Assert.Single(module.Output($"Find-Minimum {arguments}"));

    static T Get<T>(PSObject result, string property) =>
        (T)LanguagePrimitives.ConvertTo(result.Properties[property].Value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);

    static string Text(PSObject result, string property) => Get<string>(result, property);

    [Theory]
    [InlineData(Rosenbrock, 0)]
    [InlineData(Wood, 0)]
    [InlineData(PowellSingular, 0)]
    [InlineData(BrownDennis, 85822.2016264)]
    public void Script_blocks_are_minimised_traced_and_untraced(string problem, double minimum)
    {
        foreach (var how in (string[])["", " -Derivative FiniteDifference"])
        {
            var result = Find(problem + how);
            Assert.True(Get<bool>(result, "IsConverged"), Text(result, "Message"));
            Assert.True(double.Abs(Get<double>(result, "Loss") - minimum) <= double.Max(1e-8, 1e-6 * minimum), Text(result, "Message"));
        }
    }

    [Fact]
    public void The_result_has_all_that_the_run_came_to()
    {
        var result = Find(Rosenbrock + " -Name Valley");
        Assert.Equal(("Lbfgs", "LossTolerance", "Valley"), (Text(result, "Method"), Text(result, "Status"), Text(result, "Problem")));
        var iterations = Get<int>(result, "Iterations");
        Assert.True(iterations > 0 && Get<long>(result, "Evaluations") > iterations && Get<long>(result, "GradientEvaluations") > 0);
        Assert.True(Get<TimeSpan>(result, "Elapsed") > TimeSpan.Zero);
        Assert.InRange(Get<double>(result, "GradientNorm"), 0, 1e-8);
        Assert.Contains("cannot be told from rounding", Text(result, "Message"), StringComparison.Ordinal);
        Assert.Contains($"iteration {iterations}", Text(result, "Message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Lbfgs is used on 'Problem': from far it finds its way best; second derivatives, exact for n = 2, look at what it " +
        "finds.")]
    [InlineData("-Method lbfgs", "Lbfgs is used on 'Problem': it was asked for.")]
    [InlineData("-Derivative FiniteDifference", "Lbfgs is used on 'Problem': second derivatives are not exact.")]
    [InlineData("-LowerBound -5,-5", "Lbfgs is used on 'Problem': the problem has bounds.")]
    public void Verbose_says_which_method_and_why(string options, string reason)
    {
        var run = module.Run($"Find-Minimum {Rosenbrock} {options} -Verbose -WarningAction Ignore");
        Assert.Empty(run.Errors);
        Assert.Contains(reason, run.Verbose);
    }

    [Fact]
    public void Problems_names_starts_and_records_come_by_pipeline()
    {
        var results = module.Output("'ThreeSpaces', 'Rosenbrock', (Get-OptimizationProblem ThreeSpaces) | Find-Minimum");
        Assert.Equal(["ThreeSpaces", "Rosenbrock", "ThreeSpaces"], results.Select(result => Text(result, "Problem")));
        Assert.All(results, result => Assert.True(Get<bool>(result, "IsConverged")));
        Assert.Equal(2, module.Output("(3, 3), (6, 6) | Find-Minimum ThreeSpaces").Count);
        Assert.InRange(Get<double>(Assert.Single(module.Output("Invoke-GradientDescent ThreeSpaces -MaxIterations 3 | Find-Minimum")),
            "Loss"), 0, 1e-8);
    }

    [Fact]
    public void Not_converging_is_data_and_one_warning()
    {
        var run = module.Run("Find-Minimum Rosenbrock -MaxIterations 2");
        var result = Assert.Single(run.Output);
        Assert.Equal(("IterationLimit", 2, false),
            (Text(result, "Status"), Get<int>(result, "Iterations"), Get<bool>(result, "IsConverged")));
        Assert.Equal(Text(result, "Message"), Assert.Single(run.Warnings));
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("0.2")]
    [InlineData("'0.2'")]
    [InlineData("'00:00:00.2'")]
    [InlineData("([timespan]::FromSeconds(0.2))")]
    public void A_time_limit_is_seconds_or_a_time_span(string limit)
    {
        var run = module.Run("Find-Minimum -Objective { param($x) [System.Threading.Thread]::Sleep(20); "
            + "100 * [Math]::Pow($x[1] - $x[0] * $x[0], 2) + [Math]::Pow(1 - $x[0], 2) } "
            + $"-InitialGuess (-1.2, 1) -Derivative FiniteDifference -TimeLimit {limit}");
        var result = Assert.Single(run.Output);
        Assert.Equal("TimeLimit", Text(result, "Status"));
        Assert.InRange(Get<TimeSpan>(result, "Elapsed").TotalSeconds, 0.15, 30);
        Assert.Contains("TimeLimit", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TimeLimit 0", "duration above zero")]
    [InlineData("-TimeLimit -1", "duration above zero")]
    [InlineData("-TimeLimit soon", "duration above zero")]
    [InlineData("-TimeLimit ([double]::NaN)", "duration above zero")]
    [InlineData("-Method Simplex", "no method named 'Simplex'")]
    [InlineData("-Method ''", "Method")]
    public void Unusable_parameters_are_errors_before_anything_is_evaluated(string options, string message)
    {
        var calls = module.Calls = 0;
        var run = module.Run($"Find-Minimum -Objective {{ param($x) $n[0]++; $x[0] * $x[0] }} -InitialGuess 1 {options}",
            ("n", module.Counter));
        Assert.Contains(message, Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(calls, module.Calls);
    }

    [Fact]
    public void A_block_that_throws_on_the_way_leaves_the_last_good_point_and_an_error()
    {
        module.Calls = 0;
        var run = module.Run(
            "Find-Minimum -Objective { param($x) if ($n[0]++ -gt 20) { throw 'worn out' }; [Math]::Pow($x[0] - 5, 4) } -InitialGuess 1 " +
                "-Derivative FiniteDifference; 'after'", ("n", module.Counter));
        Assert.Contains("worn out", Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("EvaluationError", Text(run.Output[0], "Status"));
        Assert.Equal("after", run.Output[1].ToString());
    }

    [Fact]
    public void The_names_of_methods_complete() => Assert.Equal(
        ["TrustRegion"],
        module.Texts("[System.Management.Automation.CommandCompletion]::CompleteInput('Find-Minimum -Method Tr', 23, " +
            "$null).CompletionMatches.CompletionText"));
}
