namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>What a block takes from its surroundings is a constant of the record, and the record is made anew when it changes.</summary>
public sealed class TraceCapturedTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string LossNow = "(Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss";

    [Theory]
    [InlineData("$k = 2.0", "$k", "$k = 5.0")]
    [InlineData("$k = 1.0, 2.0", "$k[1]", "$k[1] = 5.0")]
    [InlineData("$k = [double[]](1, 2)", "$k[1]", "$k[1] = 5.0")]
    [InlineData("$k = @{ a = @{ b = 2.0 } }", "$k.a.b", "$k.a.b = 5.0")]
    [InlineData("$k = [pscustomobject]@{ a = 2.0 }", "$k.a", "$k.a = 5.0")]
    [InlineData("$k = @([pscustomobject]@{ a = 2.0 })", "$k[0].a", "$k[0].a = 5.0")]
    [InlineData("$k = [System.Collections.Generic.List[double]]::new(); $k.Add(2.0)", "$k[0]", "$k[0] = 5.0")]
    [InlineData("$k = [double[,]]::new(1, 1); $k[0, 0] = 2.0", "$k[0, 0]", "$k[0, 0] = 5.0")]
    [InlineData("$script:k = 2.0", "$script:k", "$script:k = 5.0")]
    [InlineData("$global:k = 2.0", "$global:k", "$global:k = 5.0")]
    [InlineData("function Get-K { 2.0 }", "(Get-K)", "function Get-K { 5.0 }")]
    [InlineData("function Get-K { Get-L }; function Get-L { 2.0 }", "(Get-K)", "function Get-L { 5.0 }")]
    [InlineData("$m = 2.0; function Get-K { $m }", "(Get-K)", "$m = 5.0")]
    [InlineData("$unborn = $null", "($unborn ?? 2.0)", "$unborn = 5.0")]
    [InlineData("", "($comesLater ?? 2.0)", "$comesLater = 5.0")]
    public void A_change_between_two_runs_is_seen(string before, string use, string change) => Assert.Equal(
        ["18", "45", "18"],
        module.Texts($"""
            {before}
            $problem = New-OptimizationProblem -Objective {use.Insert(0, "{ param($x) ")}*$x[0]*$x[0] {'}'} -InitialGuess 3
            {LossNow}
            {change}
            {LossNow}
            {change.Replace("5.0", "2.0", StringComparison.Ordinal)}
            {LossNow}
            """));

    [Theory]
    [InlineData("$k = 1.0", "$k", "$k += 1")]
    [InlineData("$k = @(1.0)", "$k[0]", "$k[0] += 1")]
    [InlineData("$k = @{ a = 1.0 }", "$k.a", "$k.a += 1")]
    [InlineData("$k = [pscustomobject]@{ a = 1.0 }", "$k.a", "$k.a += 1")]
    [InlineData("$i = 1; function Get-K { 1.0 }", "(Get-K)", "$i++; ${function:Get-K} = [scriptblock]::Create(\"$i.0\")")]
    public void A_change_by_those_who_take_the_records_is_seen(string before, string use, string change)
    {
        var run = $$"""
            {{before}}
            Invoke-GradientDescent -Objective { param($x) {{use}}*$x[0]*$x[0] } -InitialGuess 1 -Eta 0.1 -Iterations 3 -Derivative Traced | ForEach-Object { {{change}}; [Math]::Round($_.Loss, 12) }
            """;
        Assert.Equal(module.Texts(run.Replace("Traced", "FiniteDifference", StringComparison.Ordinal)).Length, module.Texts(run).Length);
        Assert.Equal(["1", "1.28", "0.6912", "0.147456"], module.Texts(run));
    }

    [Fact]
    public void A_change_with_which_the_block_fails_is_not_forgotten()
    {
        var texts = module.Texts("""
            function Gain($v) { 2*$v }
            function Bad($v) { throw 'no' }
            Set-Alias gn Gain
            $p = New-OptimizationProblem n -Objective { param($x) gn $x[0] } -InitialGuess 1
            (Get-Gradient -Problem $p -At 1)[0]
            Set-Alias gn Bad
            1..2 | ForEach-Object { try { (Get-Gradient -Problem $p -At $_ -ErrorAction Stop)[0] } catch { 'failed' } }
            """);
        Assert.Equal(["2", "failed", "failed"], texts);
    }

    [Fact]
    public void The_variables_of_each_call_of_a_function_are_its_own() => Assert.Equal(
        ["9", "18", "18", "36"],
        module.Texts("""
            function Measure-It($z) {
                $s = $z
                $problem = New-OptimizationProblem -Objective { param($x) $s*$x[0]*$x[0] } -InitialGuess 3
                (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss
                $s = 2*$z
                (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss
            }
            Measure-It 1
            Measure-It 2
            """));

    [Fact]
    public void A_problem_that_is_used_in_another_scope_has_the_variables_of_that_scope() => Assert.Equal(
        ["27", "36", "9"],
        module.Texts("""
            $s = 1.0
            $problem = New-OptimizationProblem -Objective { param($x) $s*$x[0]*$x[0] } -InitialGuess 3
            function Use-It($s) { (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss }
            Use-It 3; Use-It 4; (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss
            """));

    [Fact]
    public void A_loss_that_is_not_traced_may_change_what_the_physics_takes()
    {
        const string run = "$q = @(1.0); Invoke-GradientDescent -Physics { param($x) $q[0]*$x[0] } -Loss { param($y) $q[0] = 2.0; " +
            "$y[0]*$y[0] } -InitialGuess 1 -Eta 0.1 -Iterations 2 | ForEach-Object { [Math]::Round($_.Loss, 9) }";
        Assert.Equal(module.Texts(run.Replace("-Iterations", "-Derivative FiniteDifference -Iterations", StringComparison.Ordinal)),
            module.Texts(run));
    }

    [Fact]
    public void A_parameter_of_a_function_does_not_hide_the_variable_of_its_name() => Assert.Equal(
        ["12", "15", "12"],
        module.Texts("""
            $gain = 2.0; function Scale($gain) { 10*$gain }
            $problem = New-OptimizationProblem -Objective { param($x) (Scale $x[0]) + $gain*$x[0] } -InitialGuess 1
            (Get-Gradient $problem)[0]; $gain = 5.0; (Get-Gradient $problem)[0]; $gain = 2.0; (Get-Gradient $problem)[0]
            """));

    [Fact]
    public void The_item_of_the_pipeline_around_the_run_is_watched() => Assert.Equal(
        ["1", "2", "3"],
        module.Texts("""
            $problem = New-OptimizationProblem -Objective { param($x) ($x[0] - $_)*($x[0] - $_) } -InitialGuess 0
            1..3 | ForEach-Object { (Find-Minimum $problem).X }
            """));

    [Fact]
    public void A_run_within_a_module_has_the_variables_of_the_block() => Assert.Equal(
        ["18", "45"],
        module.Texts("""
            $null = New-Module {
                $k = 50.0
                function Use-It($problem) { (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss }
            }
            $k = 2.0
            $problem = New-OptimizationProblem -Objective { param($x) $k*$x[0]*$x[0] } -InitialGuess 3
            Use-It $problem; $k = 5.0; Use-It $problem
            """));

    [Fact]
    public void The_private_functions_of_a_module_trace_and_are_watched() => Assert.Equal(
        ["12.25", "6.25"],
        module.Texts("""
            $null = New-Module {
                $secret = 1.5
                function Hidden($v) { ($v - $secret)*($v - $secret) }
                function Get-Model { { param($x) Hidden $x[0] } }
                function Set-Secret($value) { $script:secret = $value }
                Export-ModuleMember Get-Model, Set-Secret
            }
            $problem = New-OptimizationProblem -Objective (Get-Model) -InitialGuess 5
            (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss
            Set-Secret 2.5
            (Invoke-GradientDescent $problem -Iterations 0 -Derivative Traced).Loss
            """));

    [Fact]
    public void Captured_variables_are_named() => Assert.Equal(
        ["data k"],
        module.Texts("$k = 1.0; $data = 1.0, 2.0; (Get-FunctionTrace { param($x) $own = 2; $k*$x[0]*$data[1]*$own } 1).Captured | " +
            "ForEach-Object { $all = @() } { $all += $_ } { [array]::Sort($all); \"$all\" }"));
}
