using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>What a function without a process block was given through a pipeline: it is used up when it is read.</summary>
/// <param name="items">The objects.</param>
internal sealed class PipedInput(object?[] items)
{
    bool isUsed;

    /// <summary>The objects, for the only time.</summary>
    internal object?[] Taken(Ast place)
    {
        if (isUsed)
        {
            throw new TraceRefusedException("It reads $input a second time, which has been used up: keep it in a variable, as by "
                + "$all = @($input)", place.Extent);
        }

        isUsed = true;
        return items;
    }
}

/// <content>$input.</content>
internal static partial class Syntax
{
    /// <summary>$input of a function or block that is called, where it is gone through; each call has its own.</summary>
    static Evaluation Input(VariableExpressionAst ast) => !ast.VariablePath.IsUnqualified || !IsGoneThrough(ast)
        ? Refuse(ast, "It reads $input otherwise than from start to end, which is not supported: keep it by $all = @($input) first")
        : f => f.Scope.ReadLocal("input") is PipedInput input ? input.Taken(ast)
            : throw new TraceRefusedException("It reads $input, which is supported only in the end block of a function without a "
                + "process block: use $_ in a process block, or a parameter", ast.Extent);

    /// <summary>True for @($input), $input | ..., foreach ($v in $input), and $input as a statement of a function or block.</summary>
    static bool IsGoneThrough(VariableExpressionAst ast)
    {
        if (ast.Parent is not CommandExpressionAst { Parent: PipelineAst pipeline } || IsInCommand(pipeline)) return false;
        return pipeline.PipelineElements.Count > 1 || pipeline.Parent switch
        {
            ForEachStatementAst each => each.Condition == pipeline,
            StatementBlockAst or NamedBlockAst or ReturnStatementAst => true,
            _ => false,
        };

        // a block that a command runs for each object has an $input of another kind
        static bool IsInCommand(Ast part)
        {
            while (part is not ScriptBlockAst) part = part.Parent;
            return part.Parent is ScriptBlockExpressionAst { Parent: CommandAst { InvocationOperator: not TokenKind.Ampersand } }
                or ScriptBlockExpressionAst { Parent: InvokeMemberExpressionAst or CommandParameterAst };
        }
    }
}
