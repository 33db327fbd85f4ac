using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>The parts of a function or script block, ready to run; made once for each.</summary>
internal sealed class Body
{
    static readonly ConditionalWeakTable<Ast, Body> Known = [];

    Body(Ast syntax)
    {
        var function = syntax as FunctionDefinitionAst;
        var block = syntax as ScriptBlockAst ?? function!.Body;
        Syntax = syntax;
        Name = (function ?? block.Parent as FunctionDefinitionAst)?.Name;
        Parameters = Parameter.Of(function?.Parameters ?? block.ParamBlock?.Parameters);
        var binding = block.ParamBlock?.Attributes.FirstOrDefault(attribute =>
            attribute.TypeName.FullName.Equals("CmdletBinding", StringComparison.OrdinalIgnoreCase));
        IsAdvanced = binding is not null || Parameters.Any(parameter => parameter.IsOfCmdlet);
        DefaultSet = Named(binding, "DefaultParameterSetName") is StringConstantExpressionAst { Value: var set } ? set : null;
        IsPositional = Named(binding, "PositionalBinding") is null or VariableExpressionAst { VariablePath.UserPath: "true" };
        ReadsBoundParameters = block.Extent.Text.Contains("PSBoundParameters", StringComparison.OrdinalIgnoreCase);
        ReadsInput = block.Find(each => each is VariableExpressionAst variable
            && VariableName.Of(variable).Equals("input", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: true) is not null;
        if (Array.Find(Parameters, each => VariableName.IsFixed(each.Name)) is { } constant)
            Obstacle = $"It gives ${constant.Name} a value, which PowerShell does not allow";
        if (block.DynamicParamBlock is not null) Obstacle = "It has dynamic parameters";
        if (Unnamed(block, "CleanBlock") is not null) Obstacle = "It has a clean block";
        (Begin, Process, End) = (Part(block.BeginBlock), Part(block.ProcessBlock), Part(block.EndBlock));
    }

    /// <summary>The parts of a function or block.</summary>
    internal static Body Of(Ast syntax) => Known.GetValue(syntax, static each => new(each));

    /// <summary>What it was made of.</summary>
    internal Ast Syntax { get; }

    /// <summary>The name of a function; null for a block.</summary>
    internal string? Name { get; }

    /// <summary>Its parameters, in their order.</summary>
    internal Parameter[] Parameters { get; }

    /// <summary>True where arguments that fit no parameter are an error, as for a cmdlet.</summary>
    internal bool IsAdvanced { get; }

    /// <summary>The parameter set that is meant where arguments leave it open; null for none.</summary>
    internal string? DefaultSet { get; }

    /// <summary>False where only parameters that have a place take arguments without a name.</summary>
    internal bool IsPositional { get; }

    /// <summary>True where it may ask which of its parameters were given.</summary>
    internal bool ReadsBoundParameters { get; }

    /// <summary>True where $input stands in it.</summary>
    internal bool ReadsInput { get; }

    /// <summary>Why it cannot be called; null where it can.</summary>
    internal string? Obstacle { get; }

    /// <summary>What is run before the first object of a pipeline.</summary>
    internal Execution? Begin { get; }

    /// <summary>What is run for each object of a pipeline.</summary>
    internal Execution? Process { get; }

    /// <summary>What is run after the last object; all of an ordinary function.</summary>
    internal Execution? End { get; }

    /// <summary>The block run in the scope of whoever runs it, as conditions and ForEach-Object do.</summary>
    internal Execution Inline => (f, output) =>
    {
        if (Obstacle is not null) throw new TraceRefusedException(Obstacle, Syntax.Extent);
        if (Parameters.Length > 0) throw new TraceRefusedException("It hands a block with parameters to a command", Syntax.Extent);
        foreach (var part in new[] { Begin, Process, End })
        {
            if (part?.Invoke(f, output) is { } flow && flow != Flow.Next) return flow;
        }

        return Flow.Next;
    };

    static ExpressionAst? Named(AttributeAst? attribute, string name) => attribute?.NamedArguments.FirstOrDefault(each =>
        each.ArgumentName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Argument;

    static Execution? Part(NamedBlockAst? block) => block is null ? null : Interpreting.Syntax.Statements(block);

    static object? Unnamed(ScriptBlockAst block, string name) => block.GetType().GetProperty(name)?.GetValue(block);
}
