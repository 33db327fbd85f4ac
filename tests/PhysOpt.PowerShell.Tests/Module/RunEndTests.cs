namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Runs that cannot go on: the last record says why and holds the last good point; nothing is thrown.</summary>
public sealed class RunEndTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Rows = "ForEach-Object { \"$($_.Iteration) $($_.Status) $($_.X)\" }";

    [Theory]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 1.2", "0 Running 3 3", "0 OutOfRange 3 3")]
    [InlineData("Invoke-NewtonStep -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1,1", "0 Running 1 1", "0 SingularHessian 1 1")]
    [InlineData("Invoke-InverseSimulator -Physics { param($x) $x } -Inverse { param($y) [double]::NaN } -InitialGuess 1", "0 Running 1",
        "0 OutOfRange 1")]
    [InlineData("Invoke-InverseSimulator -Physics { param($x) [Math]::Exp($x[0]) } -InitialGuess 0 -Eta 2", "0 Running 0",
        "0 OutOfRange 0")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -MaxEvaluations 1", "0 EvaluationLimit 3 3")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -MaxEvaluations 2", "0 Running 3 3", "1 EvaluationLimit 2.94 1.92")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -MaxIterations 0", "0 IterationLimit 3 3")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -LossTarget 90", "0 LossTarget 3 3")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -LossTarget 30", "0 Running 3 3", "1 LossTarget 2.94 1.92")]
    [InlineData("Invoke-GradientDescent -Objective { param($x) $x[0] -gt 1.5 ? [double]::NegativeInfinity : -$x[0] } -Gradient { " +
        "param($x) -1 } -Eta 1 -InitialGuess 1", "0 Running 1", "0 Unbounded 1")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -InitialGuess 0,0", "0 GradientTolerance 0 0")]
    public void A_run_ends_with_the_reason(string command, params string[] rows) =>
        Assert.Equal(rows, module.Texts($"{command} -WarningAction Ignore | {Rows}"));

    [Fact]
    public void An_inverse_of_the_wrong_length_is_an_error_and_the_start_stays()
    {
        var result = module.Run("Invoke-InverseSimulator -Physics { param($x) $x } -Inverse { param($y) 1 } -InitialGuess 1,2");
        Assert.StartsWith("InverseLengthMismatch,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["Running", "EvaluationError"], result.Output.Select(record => record.Properties["Status"].Value.ToString()));
    }

    [Fact]
    public void Where_an_inverse_does_not_exist_the_warning_shows_y() =>
        Assert.Contains("-0.6 -1.8", Assert.Single(module.Run("Invoke-InverseSimulator ThreeSpaces -Eta 1.2").Warnings),
            StringComparison.Ordinal);

    [Fact]
    public void A_numeric_inverse_out_of_reach_is_a_result_and_a_warning_with_the_residual()
    {
        var result = module.Run("Find-NumericInverse -Problem ThreeSpaces -Target (2, -2)");
        var found = Assert.Single(result.Output);
        Assert.Equal(false, found.Properties["IsFound"].Value);
        Assert.Equal(2.0, (double)found.Properties["Residual"].Value, 3);
        Assert.Equal(found.Properties["Message"].Value, Assert.Single(result.Warnings));
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Every_record_but_the_last_is_running_and_the_last_is_not()
    {
        foreach (var command in new[] { "Invoke-GradientDescent", "Invoke-NewtonStep", "Invoke-InverseSimulator", "Invoke-Lbfgs" })
        {
            var status = module.Texts($"{command} ThreeSpaces -Eta 0.01 -Iterations 5 | ForEach-Object {{ \"$($_.Status)\" }}");
            Assert.All(status.SkipLast(1), text => Assert.Equal("Running", text));
            Assert.NotEqual("Running", status[^1]);
        }
    }

    [Fact]
    public void Evaluations_count_finite_differences_and_never_more_than_the_limit() => Assert.Equal(
        ["5 7 7"],
        module.Texts("""
            $calls = @(0)
            $r = @(Invoke-GradientDescent -Physics { param($x) $calls[0]++; $x } -InitialGuess 3,4 -MaxEvaluations 7)
            "$($r[0].Evaluations) $($r[-1].Evaluations) $($calls[0])"
            """));
}
