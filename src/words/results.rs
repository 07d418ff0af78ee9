//! Why a file of results, or an outcome of a task, cannot be read.

words! {
    too_large(bytes, most) = "this file has {bytes} bytes: allowed is a result of at most {most}";
    foreign(why) = "this is not a result of Uphill: {why}";
    other_format(version, ours) = "this result has format {version}; this page reads formats 1 to {ours}";
    /// `what` is one of those below, or what a part of the file says.
    damaged(what) = "this result is damaged: {what}";
    NO_TEXT = "it is neither UTF-8 nor UTF-16 text";
    ANOTHER_FORMAT = "its format is another";
    its_link(complaint) = "its link: {complaint}";
    its_share(complaint) = "its share: {complaint}";
    other_tasks(given, asked) = "{given} tasks, where its link has {asked}";
    /// `what` is the next one.
    of_task(task, what) = "task {task} {what}";
    other_value(key, given, wanted) = "is said to have {key} = {given}, where the link of the file gives it {wanted}";
    A_TASK = "what a task has found";
    NO_OUTCOME = "these bytes are no outcome of a task";
    task_below(task, tasks) = "task={task}: allowed is a number below {tasks}";
    outcome_damaged(task) = "the outcome of task {task} is damaged";
    #[cfg(target_arch = "wasm32")]
    no_task(task) = "task={task}: the experiment has no such task";
    #[cfg(target_arch = "wasm32")]
    no_decimal(name) = "decimal={name}: allowed is point or comma";
    #[cfg(target_arch = "wasm32")]
    no_picture(name) = "picture={name}: this experiment has no such picture";
    ITS_ADDED_POINTS = "the points that were added are none of its experiment";
}
