namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Records leave when they are made: whoever is downstream decides how much is computed.</summary>
public sealed class StreamingTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>One evaluation for each iteration, for the gradient is given; $log sees evaluations and records in their order.</summary>
    const string Logged = """
        $log = [System.Collections.Generic.List[string]]::new()
        $run = @{
            Physics = { param($x) $log.Add("evaluate $([Math]::Round($x[0], 9))"); 2 * $x[0] }
            Gradient = { param($x) 8 * $x[0] }
            InitialGuess = 16
            LearningRate = 1/16
            MaxIterations = 3
        }
        $downstream = { $log.Add("record $($_.Iteration)") }

        """;

    [Fact]
    public void The_first_record_is_out_before_the_second_is_computed() => Assert.Equal(
        ["evaluate 16", "record 0", "evaluate 8", "record 1", "evaluate 4", "record 2", "evaluate 2", "record 3"],
        module.Texts($"{Logged} Invoke-GradientDescent @run | ForEach-Object $downstream; $log"));

    [Fact]
    public void The_runs_of_a_pipeline_stream_one_after_the_other() => Assert.Equal(
        ["evaluate 16", "record 0", "evaluate 8", "record 1", "evaluate 4", "record 0", "evaluate 2", "record 1"],
        module.Texts($"{Logged} $run.Remove('InitialGuess'); $run.MaxIterations = 1; 16, 4 | Invoke-GradientDescent @run | " +
            $"ForEach-Object $downstream; $log"));

    [Theory]
    [InlineData("foreach ($once in 1) { Invoke-GradientDescent @run | ForEach-Object { if ($_.Iteration -eq 1) { break } } }")]
    [InlineData("Invoke-GradientDescent @run | Select-Object -First 2 | ForEach-Object { }")]
    [InlineData("try { Invoke-GradientDescent @run | ForEach-Object { if ($_.Iteration -eq 1) { throw 'enough' } } } catch { }")]
    public void Whoever_stops_downstream_stops_the_computation(string pipeline) => Assert.Equal(
        ["evaluate 16", "evaluate 8"],
        module.Texts($"{Logged} $run.MaxIterations = 1000000; {pipeline}; $log"));

    [Fact]
    public void The_session_goes_on_after_a_run_was_stopped_downstream() => Assert.Equal(
        ["0", "1", "0", "1"],
        module.Texts("""
            1, 2 | ForEach-Object { Invoke-NewtonStep ThreeSpaces -Eta 0.01 -Iterations 1000 | Select-Object -First 2 | ForEach-Object { "$($_.Iteration)" } }
            """));

    [Fact]
    public void Targets_of_a_numeric_inverse_stream_too() => Assert.Equal(
        ["found 1", "found 2"],
        module.Texts("""
            $asked = [System.Collections.Generic.List[string]]::new()
            1, 2, 3 | ForEach-Object { $asked.Add("$_"); $_ } |
                Find-NumericInverse { param($x) $x } -InitialGuess 0 | Select-Object -First 2 |
                ForEach-Object { "found $($asked[-1])" }
            """));

    [Fact]
    public void Alignments_and_summaries_come_as_soon_as_their_run_allows() => Assert.Equal(
        ["record 0", "record 1", "alignment", "record 2"],
        module.Texts("""
            $log = [System.Collections.Generic.List[string]]::new()
            Invoke-GradientDescent ThreeSpaces -Iterations 2 | ForEach-Object { $log.Add("record $($_.Iteration)"); $_ } |
                Measure-DiagonalAlignment | ForEach-Object { $log.Add('alignment') }
            $log
            """));

    [Fact]
    public void A_run_may_run_inside_the_physics_of_another() => Assert.Equal(
        ["1"],
        module.Texts("""
            Invoke-NewtonStep -Objective {
                param($x)
                $inner = @(Invoke-NewtonStep -Objective { param($z) ($z[0] - 1) * ($z[0] - 1) } -InitialGuess 0 -Iterations 1)[-1]
                ($x[0] - $inner.X0) * ($x[0] - $inner.X0)
            } -InitialGuess 5 -Iterations 1 | ForEach-Object { if ($_.Iteration -eq 1) { "$([Math]::Round($_.X0, 4))" } }
            """));
}
