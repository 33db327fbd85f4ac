namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Comparisons that turn out differently in the course of a run: each branch is recorded where it is entered, or given up there.
/// </summary>
public sealed class TraceBranchTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Huber = "{ param($x) $s = 0.0; foreach ($v in $x) { $a = $v; if ($a -lt 0) { $a = -$a }; if ($a -le 1) { $s += " +
        "0.5*$a*$a } else { $s += $a - 0.5 } }; $s }";
    const string Ball = "{ param($x) $h = 1.0; $v = $x[0]; $p = 0.0; for ($i = 0; $i -lt 40; $i++) { $v = $v - 0.05*9.81; $h = $h + " +
        "0.05*$v; $p = $p + 0.05*$x[1]; if ($h -lt 0) { $h = -$h; $v = -0.8*$v } }; ($p - 3)*($p - 3) + ($h - 0.5)*($h - 0.5) }";
    const string Halving = "{ param($x) $v = $x[0]*$x[0] + 0.5; $n = 0; while ($v -gt 1) { $v = $v/2; $n++ }; $x[0]*$x[0] + 0.01*$v + $n }";
    const string RefusedBelow =
        "{ param($x) if ($x[0] -lt 2) { $z = [Math]::BitIncrement(0.0*$x[0]); $x[0]*$x[0] + $z } else { $x[0]*$x[0] } }";

    [Theory]
    [InlineData(Huber, "3.2,-2.1,0.7", "0.3")]
    [InlineData(Huber, "-1.5,1.2,-4", "0.7")]
    [InlineData(Ball, "1.5,0.7", "0.05")]
    [InlineData(Halving, "5.3,1", "0.1")]
    public void A_run_through_branches_is_that_of_differences(string objective, string start, string eta)
    {
        var command = $"Invoke-GradientDescent -Objective {objective} -InitialGuess {start} -Eta {eta} -Iterations 25 -WarningAction " +
            $"Ignore";
        Assert.Equal(["True"], module.Texts($$"""
            $exact = @({{command}} -Derivative Traced)
            $differences = @({{command}} -Derivative FiniteDifference)
            (Compare-Trajectory $exact $differences).MaxAbsoluteError -lt 1e-6 -and $exact.Count -eq $differences.Count -and $exact[-1].Status -eq $differences[-1].Status
            """));
    }

    [Fact]
    public void Branches_are_counted() => Assert.Equal(
        ["1 1", "2 2", "3 3"],
        module.Texts("""
            $problem = New-OptimizationProblem -Objective { param($x) if ($x[0] -gt 0) { $x[0]*2 } elseif ($x[0] -gt -5) { $x[0]*3 } elseif ($x[0] -gt -9) { 4*$x[0] } else { 1.0 } } -InitialGuess 1
            foreach ($at in 1, -2, -7) {
                $null = Invoke-GradientDescent $problem -InitialGuess $at -Iterations 0
                $trace = Get-FunctionTrace -Problem $problem -At $at
                "$($trace.Guards) $($trace.Branches)"
            }
            """));

    [Fact]
    public void A_branch_that_cannot_be_recorded_is_given_up_from_there_on()
    {
        var command = $"Invoke-GradientDescent -Objective {RefusedBelow} -InitialGuess 3 -Eta 0.1 -Iterations 6";
        var traced = module.Run($"{command} -Verbose | ForEach-Object {{ [Math]::Round($_.Loss, 8) }}");
        Assert.Equal(module.Texts($"{command} -Derivative FiniteDifference | ForEach-Object {{ [Math]::Round($_.Loss, 8) }}"),
            traced.Output.Select(each => each.ToString()));
        Assert.Contains(traced.Verbose, line =>
            line.Contains("The trace is given up: [Math]::BitIncrement is a method of .NET", StringComparison.Ordinal)
            && line.Contains("line 1, column", StringComparison.Ordinal));
    }

    [Fact]
    public void A_branch_that_cannot_be_recorded_is_an_error_where_differences_are_not_wanted()
    {
        var result = module.Run(
            $"Invoke-GradientDescent -Objective {RefusedBelow} -InitialGuess 3 -Eta 0.1 -Iterations 6 -Derivative Traced");
        Assert.Equal("EvaluationError", result.Output[^1].Properties["Status"].Value.ToString());
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("ObjectiveNotTraced,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("[Math]::BitIncrement is a method of .NET", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ param($x) $r = [Math]::Sqrt($x[0]); if ($r -gt 1) { $x[0]*$x[0] } else { $x[0]*$x[0] + 0*$r } }")]
    [InlineData("{ param($x) $r = [Math]::Log($x[0]); if ($r -eq 0) { 1.0 } elseif ($r -ne 1) { $x[0]*$r } else { 2.0 } }")]
    public void A_comparison_with_what_is_no_number_is_that_of_the_block(string objective)
    {
        var command = $"Invoke-GradientDescent -Objective {objective} -InitialGuess 3 -Eta 0.7 -Iterations 5 -WarningAction Ignore";
        const string show = "ForEach-Object { \"$($_.Status) $([Math]::Round($_.Loss, 6))\" }";
        Assert.Equal(module.Texts($"{command} -Derivative FiniteDifference | {show}"), module.Texts($"{command} | {show}"));
    }

    [Fact]
    public void The_users_own_error_in_a_later_branch_is_at_its_own_place()
    {
        var error = module.Error(
            "Invoke-GradientDescent -InitialGuess 3 -Eta 0.1 -Objective {\n param($x)\n [double]$y = $x[0]\n if ($y -lt 2.5 -and " +
            "[Math]::Sin($y)) {\n   throw 'below' }\n $y*$y }");
        Assert.StartsWith("ObjectiveFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("(line 5, column 4: throw 'below' }): below", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_that_fails_later_is_the_users_own_error() => Assert.StartsWith(
        "FunctionFailed,",
        module.Run("function Get-Half([ValidateScript({ $_ })]$v) { $v/2 }; $f = { param($x) Get-Half $x[0] }; 3, 0 | Get-Gradient $f " +
            "-Derivative Traced").Errors[0].FullyQualifiedErrorId,
        StringComparison.Ordinal);

    [Fact]
    public void A_number_of_outputs_that_changes_is_found_as_in_the_block()
    {
        const string command = "$f = { param($x) if ($x[0] -gt 0) { $x[0], 1 } else { 3*$x[0] } }; 1, -1 | Get-Jacobian $f";
        Assert.Equal(module.Run($"{command} -Derivative FiniteDifference").Errors.Select(each => each.FullyQualifiedErrorId),
            module.Run(command).Errors.Select(each => each.FullyQualifiedErrorId));
    }
}
