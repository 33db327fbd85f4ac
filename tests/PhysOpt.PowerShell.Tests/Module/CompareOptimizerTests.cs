using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Compare-Optimizer: methods and learning rates beside each other.</summary>
public sealed class CompareOptimizerTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Rates = "-LearningRate @{ GradientDescent = 0.01; newton = 1/3; InverseSimulator = 0.3 }";
    const string Three = $"ThreeSpaces GradientDescent, Newton, InverseSimulator {Rates}";

    [Fact]
    public void The_chapters_comparison_has_its_numbers() => Assert.Equal(
        ["GradientDescent 0.01 10 6.863892 1.05393", "Newton 0.333333 10 0.73113 1.264911", "InverseSimulator 0.3 10 0.071813 1.356443"],
        module.Texts($$"""
            Compare-Optimizer {{Three}} -MaxIterations 10 |
                ForEach-Object { "$($_.Method) $([Math]::Round($_.LearningRate, 6)) $($_.Iterations) $([Math]::Round($_.FinalLoss, 6)) $([Math]::Round($_.FirstAlignment, 6))" }
            """));

    [Fact]
    public void Steps_evaluations_and_time_to_a_distance() => Assert.Equal(
        ["Newton 49 50 True DistanceTarget", "InverseSimulator 32 33 True DistanceTarget"],
        module.Texts($$"""
            Compare-Optimizer ThreeSpaces Newton, InverseSimulator -Eta @{ Newton = 1/3; InverseSimulator = 0.3 } -DistanceTarget 0.01 |
                ForEach-Object { "$($_.Method) $($_.IterationsToTarget) $($_.EvaluationsToTarget) $($_.TimeToTarget -gt 0) $($_.Status)" }
            """));

    [Fact]
    public void Several_learning_rates_are_several_runs_in_their_order() => Assert.Equal(
        ["0 Adam 0.1", "1 Adam 0.01", "2 Newton 1"],
        module.Texts("Compare-Optimizer ThreeSpaces Adam, Newton -LearningRate @{ Adam = 0.1, 0.01 } -MaxIterations 2 | ForEach-Object { " +
            "\"$($_.Run) $($_.Method) $($_.LearningRate)\" }"));

    [Fact]
    public void First_steps_of_one_length_are_as_long_as_the_shortest()
    {
        var lengths = module.Texts(
            $"Compare-Optimizer {Three} -EqualFirstStep -MaxIterations 1 | ForEach-Object " +
            $"{{ \"$([Math]::Round($_.FirstStepNorm, 7)) $([Math]::Round($_.FirstAlignment, 5))\" }}");
        Assert.Single(lengths.Select(line => line.Split(' ')[0]).Distinct());
        // the shortest is the inverse simulator's: its rate stays
        Assert.Equal(["1.05393", "1.26491", "1.35644"], lengths.Select(line => line.Split(' ')[1]));
        Assert.Equal(["0.3"], module.Texts(
            $"Compare-Optimizer {Three} -EqualFirstStep -MaxIterations 1 | Where-Object Method -eq InverseSimulator | ForEach-Object " +
            $"LearningRate"));
    }

    [Fact]
    public void Rates_that_are_not_given_make_first_steps_of_one_length_where_they_have_a_unit() => Assert.Equal(
        [
            "GradientDescent EqualFirstStep 1.0045758 0.0092873", "Adam EqualFirstStep 1.0045758 0.7103423", "Newton Default 3.1622777 1",
            "GaussNewton  3.354102 ", "RmsProp Given 0.4472136 0.1",
        ],
        module.Texts("""
            Compare-Optimizer ThreeSpaces GradientDescent, Adam, Newton, GaussNewton, RmsProp -Eta @{ RmsProp = 0.1 } -MaxIterations 1 |
                ForEach-Object {
                    $rate = if ($null -ne $_.LearningRate) { [Math]::Round($_.LearningRate, 7) }
                    "$($_.Method) $($_.RateFrom) $([Math]::Round($_.FirstStepNorm, 7)) $rate"
                }
            """));

    [Fact]
    public void No_method_that_a_wildcard_names_stays_where_it_was_on_a_bowl() => Assert.All(
        module.Run("Compare-Optimizer { param($x) $s = 0.0; foreach ($v in $x) { $s += ($v - 3) * ($v - 3) }; $s } * " +
            "-InitialGuess 20, 10, 15 -WarningAction Ignore -MaxIterations 100").Output,
        row => Assert.InRange((double)row.Properties["FinalLoss"].Value, 0, 482 / 20.0)); // the start has 482

    [Fact]
    public void Tuned_rates_come_within_the_evaluations_that_are_allowed_and_are_said_to_be_tuned()
    {
        var rows = module.Run(
            "Compare-Optimizer Rosenbrock Adam, GradientDescent, Newton, GaussNewton -LearningRate @{ Newton = 0.5 } -Tune 600 " +
            "-MaxIterations 50").Output;
        Assert.Equal(["Adam Tuned", "GradientDescent Tuned", "Newton Given", "GaussNewton "],
            rows.Select(row => $"{row.Properties["Method"].Value} {row.Properties["RateFrom"].Value}"));
        Assert.All(rows.Take(2), row => Assert.InRange((long)row.Properties["TuningEvaluations"].Value, 51, 600));
        Assert.All(rows.Skip(2), row => Assert.Null(row.Properties["TuningEvaluations"].Value));
        var untuned = module.Run("Compare-Optimizer Rosenbrock Adam, GradientDescent -MaxIterations 50").Output;
        Assert.All(rows.Zip(untuned), pair =>
            Assert.True((double)pair.First.Properties["FinalLoss"].Value <= (double)pair.Second.Properties["FinalLoss"].Value));
    }

    [Fact]
    public void Too_few_evaluations_to_tune_are_a_warning()
    {
        var result = module.Run("Compare-Optimizer Rosenbrock Adam -Tune 20");
        Assert.Equal("EqualFirstStep", Assert.Single(result.Output).Properties["RateFrom"].Value.ToString());
        Assert.StartsWith("20 evaluations are too few to tune Adam", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public void Tuning_takes_at_least_one_evaluation(string evaluations)
    {
        var error = module.Error($"Compare-Optimizer Rosenbrock Adam -Tune {evaluations}");
        Assert.StartsWith("ParameterArgumentValidationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("1 or more", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_are_those_of_the_runs_that_are_summarised_otherwise()
    {
        const string command = "Compare-Optimizer ThreeSpaces Adam, GradientDescent, Newton -Eta @{ Adam = 0.1, 0.3 } -LossTarget 1";
        const string show = "ForEach-Object { \"$($_.Method) $($_.Run) $($_.Iterations) $($_.FinalLoss) $($_.Status)\" }";
        var summaries = module.Texts($"{command} | {show}");
        Assert.Equal(4, summaries.Length);
        Assert.Equal(summaries, module.Texts($"{command} -Record | Measure-Trajectory | {show}"));
        Assert.Equal(["IterationRecord"], module.Texts($"{command} -Record | ForEach-Object {{ $_.GetType().Name }}").Distinct());
    }

    [Fact]
    public void Records_stream_and_their_pipeline_can_be_ended() => Assert.Equal(
        ["Adam 0", "Adam 1", "Adam 2"],
        module.Texts("Compare-Optimizer ThreeSpaces Adam, Newton -MaxIterations 2000000000 -Record | Select-Object -First 3 | " +
            "ForEach-Object { \"$($_.Method) $($_.Iteration)\" }"));

    [Fact]
    public void A_method_that_has_no_learning_rate_keeps_its_first_step_and_says_so()
    {
        var result = module.Run(
            "Compare-Optimizer Rosenbrock Newton, GaussNewton -EqualFirstStep -MaxIterations 1 -WarningVariable w -WarningAction " +
            "SilentlyContinue; \"$w\"");
        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Output.Count);
        Assert.StartsWith("GaussNewton has no learning rate", result.Output[2].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Compare-Optimizer ThreeSpaces Nonsense, Newton", "MethodNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Compare-Optimizer ThreeSpaces Newton -LearningRate @{ Nonsense = 1 }", "MethodNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Compare-Optimizer ThreeSpaces Adam, Newton -LearningRate @{ Adam = 'fast' }", "LearningRateNotNumeric",
        ErrorCategory.InvalidArgument)]
    [InlineData("Compare-Optimizer ThreeSpaces Adam, Newton -LearningRate @{ Adam = $null }", "LearningRateNotNumeric",
        ErrorCategory.InvalidArgument)]
    [InlineData("Compare-Optimizer ThreeSpaces Adam, Newton -LearningRate @{ Adam = [double]::NaN }", "LearningRateNotPositive",
        ErrorCategory.InvalidArgument)]
    [InlineData("Compare-Optimizer ThreeSpaces Adam, Newton -LearningRate @{ Adam = -1 } -EqualFirstStep", "LearningRateNotPositive",
        ErrorCategory.InvalidArgument)]
    [InlineData("Compare-Optimizer ThreeSpaces GaussNewton, Newton -LearningRate @{ GaussNewton = 1 }", "MethodHasNoLearningRate",
        ErrorCategory.InvalidArgument)]
    [InlineData("Compare-Optimizer -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1 -Method InverseSimulator, Newton",
        "MethodNeedsMore", ErrorCategory.InvalidArgument)]
    [InlineData("Compare-Optimizer -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1 -Method GaussNewton, Newton -EqualFirstStep",
        "MethodNeedsMore", ErrorCategory.InvalidArgument)]
    public void What_is_wrong_with_one_method_is_its_error_and_the_others_run(string command, string error, ErrorCategory category)
    {
        var result = module.Run(command);
        var record = Assert.Single(result.Errors);
        Assert.StartsWith(error, record.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, record.CategoryInfo.Category);
        Assert.Equal("Newton", Assert.Single(result.Output).Properties["Method"].Value);
    }

    [Theory]
    [InlineData("Compare-Optimizer Nowhere Newton", "ProblemNotFound")]
    [InlineData("Compare-Optimizer -Objective { param($x) $x[0] } -InitialGuess 1 -Method Adam, Newton -DistanceTarget 1",
        "SolutionMissing")]
    [InlineData("Compare-Optimizer ThreeSpaces Adam, Newton -LearningRate @{ Adam = 1, 2 } -EqualFirstStep", "EqualFirstStepNeedsOneRate")]
    [InlineData("Compare-Optimizer ThreeSpaces Adam, Newton -Tune 100 -EqualFirstStep", "TuneWithEqualFirstStep")]
    public void What_is_wrong_with_all_is_said_once(string command, string error) =>
        Assert.StartsWith(error, module.Error(command).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Where_the_loss_has_no_value_the_status_says_so() => Assert.Equal(
        ["Adam NonFinite", "Lbfgs NonFinite"],
        module.Texts("Compare-Optimizer -Objective { param($x) [double]::NaN } -InitialGuess 1 -Method Adam, Lbfgs -EqualFirstStep " +
            "-WarningAction Ignore | ForEach-Object { \"$($_.Method) $($_.Status)\" }"));

    [Fact]
    public void Limits_hold_for_each_run() => Assert.Equal(
        ["5 EvaluationLimit", "5 EvaluationLimit"],
        module.Texts("Compare-Optimizer Rosenbrock Adam, Lbfgs -MaxEvaluations 5 | ForEach-Object { \"$($_.Evaluations) $($_.Status)\" }"));

    [Fact]
    public void All_methods_are_meant_by_a_wildcard_and_each_runs_once() => Assert.Equal(
        ["Adam", "AdaGrad", "Newton"],
        module.Texts("Compare-Optimizer ThreeSpaces Ada*, newton, Adam -MaxIterations 1 | ForEach-Object Method"));

    [Theory]
    [InlineData("*")]
    [InlineData("*Newton, Inverse*, *Inv*, G*")]
    public void What_only_a_wildcard_names_is_left_out_where_it_cannot_be_used_and_that_is_said_once(string methods)
    {
        var run = module.Run($"Compare-Optimizer -Objective {{ param($x) $x[0] * $x[0] }} -InitialGuess 1 -Method {methods} " +
            $"-MaxIterations 1 -Name Bowl");
        Assert.Empty(run.Errors);
        Assert.Contains(run.Output, result => "Newton".Equals(result.Properties["Method"].Value));
        Assert.DoesNotContain(run.Output, result => "InverseSimulator".Equals(result.Properties["Method"].Value));
        Assert.Contains(run.Warnings, text => text.Contains("'Bowl' lacks", StringComparison.Ordinal)
            && text.Contains("InverseSimulator", StringComparison.Ordinal));
        Assert.Single(run.Warnings, text => text.Contains("InverseSimulator", StringComparison.Ordinal));
        Assert.Single(module.Run("Compare-Optimizer -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1 -Method gaussnewton, *, Gauss*")
            .Errors);
    }

    [Fact]
    public void Problems_and_records_come_by_pipeline() => Assert.Equal(
        ["0 ThreeSpaces 3 3", "1 Rosenbrock -1.2 1", "0 ThreeSpaces 2.94 1.92"],
        module.Texts("""
            $show = { "$($_.Run) $($_.Problem) $($_.Problem.InitialGuess)" }
            'ThreeSpaces', 'Rosenbrock' | Compare-Optimizer -Method Newton -MaxIterations 1 | ForEach-Object $show
            Invoke-GradientDescent ThreeSpaces -Iterations 1 | Compare-Optimizer -Method Newton -MaxIterations 1 | ForEach-Object $show
            """));

    [Fact]
    public void Tables_of_learning_rates_are_completed_for_the_methods_on_the_line()
    {
        Assert.Equal(
            ["@{ Adam = 0.001; Newton = 1 }", "@{ Adam = 0.001 }", "@{ Newton = 1 }"],
            Completed("Compare-Optimizer ThreeSpaces -Method Adam, newton, GaussNewton -LearningRate "));
        Assert.Equal(["@{ Newton = 1 }"], Completed("Compare-Optimizer ThreeSpaces -Method Newton -Eta "));
        Assert.Contains("@{ Lbfgs = 1 }", Completed("Compare-Optimizer -LearningRate @"));

        IEnumerable<string> Completed(string line) =>
            module.Texts($"(TabExpansion2 '{line}' {line.Length}).CompletionMatches | ForEach-Object CompletionText")
                .OrderByDescending(text => text.Contains(';', StringComparison.Ordinal)).ThenBy(text => text, StringComparer.Ordinal);
    }

    [Fact]
    public void Names_of_methods_are_completed() => Assert.Equal(
        ["AdaGrad", "Adam"],
        module.Texts("(TabExpansion2 'Compare-Optimizer ThreeSpaces -Method ada' 41).CompletionMatches | ForEach-Object CompletionText")
            .Order());
}
