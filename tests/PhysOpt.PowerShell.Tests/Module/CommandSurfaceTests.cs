using System.Management.Automation;
using System.Reflection;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>The cmdlets as Get-Command shows them: names, parameters, aliases, sets and output.</summary>
public sealed class CommandSurfaceTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Inline = "Physics Loss Target Inverse Objective LowerBound UpperBound Solution Name";
    const string Limits = "MaxIterations MaxEvaluations GradientTolerance StepTolerance LossTolerance LossTarget";
    const string Method = $"InputObject InitialGuess LearningRate Derivative Gradient {Inline} {Limits}";

    /// <summary>Nouns that end in s and are singular.</summary>
    static readonly string[] SingularNouns = ["Lbfgs"];

    [Theory]
    [InlineData("New-OptimizationProblem", $"{Inline} InitialGuess")]
    [InlineData("Get-OptimizationProblem", "Name")]
    [InlineData("Invoke-GradientDescent", Method)]
    [InlineData("Invoke-NewtonStep", Method)]
    [InlineData("Invoke-InverseSimulator", $"{Method} InverseMethod")]
    [InlineData("Invoke-Lbfgs", $"{Method} Memory")]
    [InlineData("Invoke-TrustRegion", Method)]
    [InlineData("Invoke-GaussNewton", Method)]
    [InlineData("Invoke-LevenbergMarquardt", Method)]
    [InlineData("Invoke-HalfInverseGradient", $"{Method} Exponent Truncation")]
    [InlineData("Invoke-Bobyqa", Method)]
    [InlineData("Invoke-NelderMead", Method)]
    [InlineData("Find-Minimum", $"{Method} Method TimeLimit")]
    [InlineData("Find-NumericInverse", "Physics Problem Target InitialGuess LowerBound UpperBound MaxIterations MaxEvaluations")]
    [InlineData("Get-Gradient", "Function Problem At")]
    [InlineData("Get-Jacobian", "Function Problem At")]
    [InlineData("Get-Hessian", "Function Problem At")]
    [InlineData("Measure-GradientError", "Function Problem At Gradient Tolerance Derivative")]
    [InlineData("Test-Gradient", "Function Problem At Gradient Tolerance Derivative")]
    [InlineData("Measure-DiagonalAlignment", "InputObject Direction All")]
    [InlineData("Measure-Trajectory", "InputObject")]
    [InlineData("Compare-Optimizer", $"{Method} EqualFirstStep Tune Record DistanceTarget Method")]
    [InlineData("Compare-Trajectory", "ReferenceTrajectory DifferenceTrajectory")]
    [InlineData("Export-TrajectoryPlot",
        "Path InputObject Space Component Against Contour HeatMap Scatter Title Width Height Force PassThru WhatIf Confirm")]
    [InlineData("Show-Trajectory", "InputObject Space Component Against Title Width Height Plain")]
    public void A_command_has_the_parameters_of_the_contract(string command, string parameters)
    {
        var names = Command(command).Parameters.Values.SelectMany(parameter => (string[])[parameter.Name, .. parameter.Aliases]).ToList();
        foreach (var parameter in parameters.Split(' ')) Assert.Contains(parameter, names);
    }

    [Theory]
    [InlineData("LearningRate", "Eta")]
    [InlineData("MaxIterations", "Iterations")]
    [InlineData("InputObject", "Problem")]
    [InlineData("InitialGuess", "X")]
    public void A_method_has_the_short_names(string parameter, string alias)
    {
        foreach (var command in Commands().Where(command => command.Parameters.ContainsKey("LearningRate")))
            Assert.Contains(alias, command.Parameters[parameter].Aliases);
    }

    [Fact]
    public void A_method_takes_a_problem_or_physics_or_an_objective_and_never_two_of_them()
    {
        foreach (var command in Commands().Where(command => command.Parameters.ContainsKey("LearningRate")))
        {
            Assert.Equal(["Objective", "Physics", "Problem"], command.ParameterSets.Select(set => set.Name).Order());
            Assert.Equal("Problem", command.DefaultParameterSet);
            Assert.Equal(["Physics"], command.Parameters["Physics"].ParameterSets.Keys);
            Assert.Equal(["Objective"], command.Parameters["Objective"].ParameterSets.Keys);
            foreach (var belonging in (string[])["Loss", "Target", "Inverse", "Jacobian", "Adjoint"]) // beside an objective an error of its own
                Assert.Equal([ParameterAttribute.AllParameterSets], command.Parameters[belonging].ParameterSets.Keys);
            Assert.Equal(["Problem"], command.Parameters["InputObject"].ParameterSets.Keys);
        }
    }

    [Fact]
    public void The_manifest_exports_every_cmdlet_class_and_nothing_else()
    {
        var classes = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "PhysOpt.PowerShell")
            .GetExportedTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}");
        Assert.Equal(classes.Order(), Commands().Select(command => command.Name).Order());
        Assert.Equal(
            Commands().Select(command => command.Name).Order(),
            module.Texts("(Get-Module PhysOpt).ExportedCommands.Keys").Order());
    }

    [Fact]
    public void Verbs_are_approved_and_nouns_are_singular()
    {
        var approved = typeof(VerbsCommon).Assembly.GetExportedTypes()
            .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal) && type.IsAbstract)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet();
        foreach (var command in Commands())
        {
            Assert.Contains(command.Verb, approved);
            Assert.True(!command.Noun.EndsWith('s') || SingularNouns.Contains(command.Noun), $"{command.Noun} is no singular.");
        }
    }

    [Theory]
    [InlineData("PhysOpt.IterationRecord", "Invoke-GradientDescent", "Invoke-NewtonStep", "Invoke-InverseSimulator", "Invoke-Lbfgs",
        "Invoke-TrustRegion", "Invoke-GaussNewton", "Invoke-LevenbergMarquardt", "Invoke-HalfInverseGradient",
        "Invoke-Bobyqa", "Invoke-NelderMead")]
    [InlineData("PhysOpt.OptimizationProblem", "New-OptimizationProblem", "Get-OptimizationProblem")]
    [InlineData("PhysOpt.OptimizationResult", "Find-Minimum")]
    [InlineData("PhysOpt.NumericInverseResult", "Find-NumericInverse")]
    [InlineData("PhysOpt.Vector", "Get-Gradient")]
    [InlineData("PhysOpt.Matrix", "Get-Jacobian", "Get-Hessian")]
    [InlineData("PhysOpt.GradientError", "Measure-GradientError")]
    [InlineData("System.Boolean", "Test-Gradient")]
    [InlineData("PhysOpt.DiagonalAlignment", "Measure-DiagonalAlignment")]
    [InlineData("PhysOpt.TrajectorySummary", "Measure-Trajectory")]
    [InlineData("PhysOpt.TrajectoryComparison", "Compare-Trajectory")]
    [InlineData("PhysOpt.OptimizerComparison PhysOpt.IterationRecord", "Compare-Optimizer")]
    [InlineData("System.IO.FileInfo", "Export-TrajectoryPlot")]
    [InlineData("System.String", "Show-Trajectory")]
    public void A_command_names_what_it_writes(string types, params string[] commands)
    {
        foreach (var command in commands) Assert.Equal(types.Split(' '), Command(command).OutputType.Select(type => type.Name));
    }

    [Fact]
    public void Every_command_names_what_it_writes_with_a_public_type()
    {
        foreach (var command in Commands())
        {
            Assert.NotEmpty(command.OutputType);
            Assert.All(command.OutputType, output => Assert.True(output.Type.IsPublic));
        }
    }

    [Fact]
    public void No_parameter_is_a_Boolean_or_a_bare_object()
    {
        foreach (var parameter in Commands().SelectMany(command => command.Parameters.Values))
        {
            Assert.NotEqual(typeof(bool), parameter.ParameterType);
            // PowerShell lets a script block be an argument as it is only of a pipeline's parameter of type object; the attribute says what
            // is taken
            if (parameter.Attributes.Any(attribute => attribute.GetType().Name == "StartingPointArgumentAttribute")) continue;
            Assert.NotEqual(typeof(object), parameter.ParameterType);
        }
    }

    CmdletInfo[] Commands()
    {
        var commands = module.Output("Get-Command -Module PhysOpt").Select(command => (CmdletInfo)command.BaseObject).ToArray();
        Assert.NotEmpty(commands);
        return commands;
    }

    CmdletInfo Command(string name) => module.Single<CmdletInfo>($"Get-Command {name}");
}
