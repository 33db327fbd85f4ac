using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>
/// A record's properties as PowerShell sees them: the components among them, typed, in any case of letters, and read-only.
/// </summary>
public sealed class RecordPropertyTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Record = "$r = @(Invoke-GradientDescent ThreeSpaces -Iterations 1)[1];";

    [Theory]
    [InlineData("$r.X0", "2.94")]
    [InlineData("$r.x1", "1.92")]
    [InlineData("$r.Y1", "3.6864")]
    [InlineData("$r.y0", "2.94")]
    [InlineData("$r.loss -gt 22", "True")]
    [InlineData("$r.psobject.Properties['x0'].Name", "X0")]
    [InlineData("$r.psobject.Properties['X0'].TypeNameOfValue", "System.Double")]
    [InlineData("$r.psobject.Properties['X0'].IsSettable", "False")]
    [InlineData("$r.psobject.Properties['X2']", "")]
    [InlineData("$r.X17", "")]
    [InlineData("$r.X", "2.94 1.92")]
    [InlineData("$a, $b = $r.X; $b", "1.92")]
    [InlineData("$r.X[-1]", "1.92")]
    [InlineData("$r.X.Count", "2")]
    [InlineData("$r.Problem", "ThreeSpaces")]
    [InlineData("$r.Step.Count", "2")]
    [InlineData("$r.ToString()", "GradientDescent run 0 iteration 1: loss 22.233144959999997")]
    public void A_property_reads(string expression, string text) =>
        Assert.Equal(text, Assert.Single(module.Texts($"{Record} \"$({expression})\"")));

    [Fact]
    public void Components_are_double_and_the_rest_has_the_types_of_the_contract() => Assert.Equal(
        ["String Int32 Int32 Double Double Double Double Double Double Double Int64 Int64 TimeSpan TerminationReason Vector Vector " +
            "Vector Vector OptimizationProblem"],
        module.Texts($"{Record} \"$($r.psobject.Properties | ForEach-Object {{ $_.Value.GetType().Name }})\""));

    [Fact]
    public void Members_list_the_components()
    {
        var names = module.Texts($"{Record} $r.psobject.Members | ForEach-Object Name");
        Assert.Contains("X0", names);
        Assert.Contains("Y1", names);
        Assert.DoesNotContain("X2", names);
    }

    [Theory]
    [InlineData("$r.X0 = 5")]
    [InlineData("$r.Loss = 5")]
    [InlineData("$r.psobject.Properties['Y0'].Value = 5")]
    public void A_record_is_not_changed(string assignment)
    {
        var result = module.Run($"{Record} {assignment}");
        Assert.Single(result.Errors);
        Assert.Equal(["2.94 22.23"],
            module.Texts($"try {{ {Record} {assignment} }} catch {{ }}; \"$($r.X0) $([Math]::Round($r.Loss, 2))\""));
    }

    [Fact]
    public void Iteration_0_has_no_step_and_no_length_of_one()
    {
        var start = module.Output("Invoke-GradientDescent ThreeSpaces -Iterations 0")[0];
        Assert.Null(Value(start, "Step"));
        Assert.Equal(0.0, Value(start, "StepNorm"));
    }

    [Fact]
    public void A_method_without_gradients_has_none_in_its_records_and_the_property_is_there()
    {
        Assert.Equal(["True True"], module.Texts("""
            $r = @(Invoke-InverseSimulator ThreeSpaces -Eta 0.3 -Iterations 1)[1]
            "$($null -eq $r.GradientNorm -and $null -eq $r.Gradient) $($r.psobject.Properties.Name -contains 'GradientNorm')"
            """));
    }

    [Fact]
    public void Components_can_be_used_by_other_commands_by_property_name() => Assert.Equal(
        ["3 3", "2 3"],
        module.Texts("""
            function Show-Component { param([Parameter(ValueFromPipelineByPropertyName)] [double] $X0, [Parameter(ValueFromPipelineByPropertyName)] [double] $X1)
                process { "$([Math]::Round($X0)) $([Math]::Round($X1))" } }
            Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations 1 | Show-Component
            """));

    [Fact]
    public void Conditions_on_components_filter_records() => Assert.Equal(
        ["1", "2"], module.Texts(
            "Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations 2 | Where-Object X0 -lt 3 | ForEach-Object { \"$($_.Iteration)\" }"));

    object? Value(PSObject record, string name)
    {
        var value = module.Output("param() , $record.psobject.Properties[$name].Value", ("record", record), ("name", name));
        return Assert.Single(value)?.BaseObject;
    }
}
