using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What a run says beside its records: why it ended, one warning where it did not converge, progress.</summary>
public sealed class RunMessageTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Iterations 3", "IterationLimit", "3 iterations")]
    [InlineData("Invoke-NewtonStep ThreeSpaces -LossTarget 60", "LossTarget", "60")]
    [InlineData("Invoke-NewtonStep ThreeSpaces -StepTolerance 0.5", "StepTolerance", "0.5")]
    [InlineData("Invoke-NewtonStep ThreeSpaces -LossTolerance 0.9", "LossTolerance", "0.9")]
    [InlineData("Invoke-NewtonStep ThreeSpaces -GradientTolerance 50", "GradientTolerance", "50")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -MaxEvaluations 3", "EvaluationLimit", "3 evaluations")]
    public void Verbose_says_why_a_run_ended_and_nothing_is_warned_of(string command, string status, string number)
    {
        var result = module.Run($"{command} -Verbose");
        Assert.Equal(status, result.Output[^1].Properties["Status"].Value.ToString());
        var line = Assert.Single(result.Verbose, text => text.Contains("ended", StringComparison.Ordinal));
        Assert.Contains(status, line, StringComparison.Ordinal);
        Assert.Contains(number, line, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Without_Verbose_nothing_is_said() => Assert.Empty(module.Run("Invoke-NewtonStep ThreeSpaces -LossTarget 60").Verbose);

    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces", "100 iterations")]
    [InlineData("Invoke-GradientDescent Rosenbrock -Eta 1", "NonFinite")]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 1.2", "OutOfRange")]
    [InlineData("Invoke-NewtonStep -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1,1", "SingularHessian")]
    [InlineData("Invoke-GradientDescent -Physics { param($x) [double]::NaN } -InitialGuess 1", "NonFinite")]
    [InlineData("Invoke-Lbfgs -Objective { param($x) $x[0] } -Gradient { param($x) -1 } -InitialGuess 1", "LineSearchFailed")]
    public void A_run_that_does_not_converge_warns_once(string command, string reason)
    {
        var result = module.Run(command);
        Assert.Contains(reason, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void A_limit_that_was_asked_for_is_no_reason_to_warn() =>
        Assert.Empty(module.Run("Invoke-GradientDescent ThreeSpaces -MaxIterations 100").Warnings);

    [Fact]
    public void Each_run_of_a_pipeline_warns_for_itself() =>
        Assert.Equal(2, module.Run("'ThreeSpaces', 'ThreeSpaces' | Invoke-InverseSimulator -Eta 1.2").Warnings.Count);

    [Fact]
    public void Negative_curvature_is_warned_of_once_and_not_at_every_point()
    {
        var result = module.Run("Invoke-NewtonStep -Objective { param($x) -[Math]::Pow($x[0], 4) } -InitialGuess 1 -Iterations 6");
        Assert.Equal(7, result.Output.Count);
        Assert.Contains("negative", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_cannot_be_evaluated_to_a_number_is_not_blamed_on_a_next_point()
    {
        var warning = Assert.Single(module.Run("Invoke-GradientDescent -Physics { param($x) [double]::NaN } -InitialGuess 1").Warnings);
        Assert.DoesNotContain("next", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_outside_the_bounds_is_moved_and_warned_of()
    {
        var result = module.Run(
            "Invoke-GradientDescent -Physics { param($x) $x } -InitialGuess 5 -LowerBound 0 -UpperBound 2 -Iterations 0");
        Assert.Equal(2.0, Assert.Single(result.Output).Properties["X0"].Value);
        Assert.Contains("outside the bounds", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WarningAction_Stop_ends_the_statement_at_the_warning()
    {
        var result = module.Run("Invoke-InverseSimulator ThreeSpaces -Eta 1.2 -WarningAction Stop; 'after'");
        Assert.NotNull(result.Terminating);
    }

    [Fact]
    public void Progress_comes_at_most_every_200_ms_and_is_completed_at_the_end()
    {
        var (progress, seconds) = Progress("""
            Invoke-GradientDescent -Physics { param($x) [System.Threading.Thread]::Sleep(25); $x } -Gradient { param($x) 2 * $x[0] } -InitialGuess 1 -Eta 1e-3 -Iterations 40
            """);
        Assert.InRange(progress.Count, 2, 2 + (int)(seconds / 0.2));
        Assert.All(progress, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Contains("Problem", progress[0].Activity, StringComparison.Ordinal);
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Fact]
    public void Progress_is_completed_also_when_the_physics_fails_on_the_way()
    {
        var (progress, _) = Progress("""
            $n = @(0)
            $slow = { param($x) [System.Threading.Thread]::Sleep(25); if (++$n[0] -gt 20) { throw 'broken' }; $x }
            Invoke-GradientDescent -Physics $slow -Gradient { param($x) 2 * $x[0] } -InitialGuess 1 -Eta 1e-3 -Iterations 40 -ErrorAction SilentlyContinue
            """);
        Assert.NotEmpty(progress);
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Fact]
    public void Elapsed_leaves_out_the_time_spent_downstream()
    {
        var elapsed = module.Single<TimeSpan>("""
            $r = @(Invoke-GradientDescent ThreeSpaces -Iterations 4 | ForEach-Object { [System.Threading.Thread]::Sleep(500); $_ })
            $r[-1].Elapsed
            """);
        Assert.InRange(elapsed, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Elapsed_counts_the_time_of_the_physics_and_never_falls()
    {
        var elapsed = module.Output("""
            Invoke-GradientDescent -Physics { param($x) [System.Threading.Thread]::Sleep(20); $x } -Gradient { param($x) 2 * $x[0] } -InitialGuess 1 -Iterations 4 |
                ForEach-Object Elapsed
            """).Select(item => (TimeSpan)item.BaseObject).ToArray();
        Assert.Equal(elapsed.Order(), elapsed);
        Assert.True(elapsed[^1] >= TimeSpan.FromMilliseconds(90), $"{elapsed[^1]}");
    }

    (List<ProgressRecord> Records, double Seconds) Progress(string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(module.Runspace);
        var started = TimeProvider.System.GetTimestamp();
        shell.AddScript(script).Invoke();
        return ([.. shell.Streams.Progress], TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }
}
